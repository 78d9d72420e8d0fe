/** What esbuild makes of a GraphQL document: its text. */
declare module '*.graphql' {
  const text: string;
  export default text;
}
