/** Sums Jest's result files into the line "N passed, N failed": `count-tests.mjs <exit status of the run> <file> …` */
import { readFileSync } from 'node:fs';

const [status, ...files] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const file of files.filter((name) => !name.includes('*'))) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  passed += result.numPassedTests;
  // a test file that could not even be loaded counts as one failed test
  failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
}
// whatever else made the run fail, the line must not look green
console.log(`${passed} passed, ${status === '0' ? failed : Math.max(failed, 1)} failed`);
