import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES modules and Node, for the libraries, its CommonJS: two graphqls that do not know each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { hookTimeout: 60_000, testTimeout: 30_000 },
});
