/** TypeGraphQL takes an enum as an object; ours are lists of names, and every value is its own name. */

export function enumOf<Name extends string>(names: readonly Name[]): { readonly [N in Name]: N } {
  return Object.fromEntries(names.map((name) => [name, name])) as { readonly [N in Name]: N };
}
