import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['src/**/*.ts', '!src/gql/**'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { AccountRange: 'string', DateTime: 'string' },
      },
    },
    // So that graphcache knows which fields may be null, and what is in a union.
    'src/gql/introspection.ts': { plugins: ['urql-introspection'], config: { useTypeImports: true } },
  },
};

export default config;
