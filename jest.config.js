/** Jest runs the tests as ES modules, through swc. The product is loaded as it was built, and once a worker: see scripts/jest. */
const ESM = 'fast-check|jose|playwright-core|sharp';
const CJS = 'graphql|undici|node-forge';

/** @type {import("jest").Config} */
export default {
  testEnvironment: '<rootDir>/scripts/jest/native-environment.mjs',
  testSequencer: '<rootDir>/scripts/jest/longest-first.mjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // What waits for servers to die, or has no other point than time: `npm run faults -- T1` runs it, alone on the machine.
  testPathIgnorePatterns: [
    ...(process.env['MEASURE_TIME'] === 'exactly' ? [] : ['<rootDir>/test/timing/']),
    // One walk stands for them in `npm test`: `npm run faults -- B1` takes them all.
    ...(process.env['WALKS'] === 'all' ? [] : ['<rootDir>/test/browser/(?:(?:demo-bank/)?walks|states)/']),
  ],
  // The client's package.json, once more as it was built.
  modulePathIgnorePatterns: ['<rootDir>/dist/client/package\\.json'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(?:\\.{1,2}/)+src/(?!explorer/|demo/)(.*\\.js)$': '<rootDir>/dist/$1',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${ESM}|${CJS})/)`],
  transform: {
    [`/dist/.*\\.js$|/node_modules/(?:${ESM})/`]: '<rootDir>/scripts/jest/native-esm.mjs',
    [`/node_modules/(?:${CJS})/`]: '<rootDir>/scripts/jest/native-cjs.mjs',
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          experimental: { keepImportAttributes: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Generous: a test hangs or it does not, and a machine may be busy with something else.
  testTimeout: 60_000,
  // Many suites wait (for a Redis that is frozen, for a deadline): four workers keep two cores busy.
  maxWorkers: 4,
};
