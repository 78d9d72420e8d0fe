/** C1: a clean clone is built from what the lockfile names, without running anybody's install script, and says what it is made of. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atLeast, none } from '../figure.js';
import type { Row } from '../row.js';

const LONGEST_MS = 300_000;
/** Only here, in a folder of its own: it checks what npm has written against the standard's schema. */
const VALIDATOR = ['@cyclonedx/cyclonedx-library@10', 'ajv@8', 'ajv-formats@3', 'ajv-formats-draft2019@1'];
const VALIDATE = `
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
const text = readFileSync(process.argv[2], 'utf8');
const validator = new Validation.JsonStrictValidator(Spec.Version['v' + JSON.parse(text).specVersion.replace('.', 'dot')]);
const fault = await validator.validate(text);
if (fault !== null) { console.error(JSON.stringify(fault)); process.exit(1); }
`;

export const supplyChain: Row = {
  id: 'C1',
  title: 'supply chain: hashes, no install scripts, licences, SBOM',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'c1-'));
    try {
      const clone = join(folder, 'clone');
      const sbom = join(clone, 'dist', 'sbom.cdx.json');
      const failed = [
        failure('git', ['clone', '--quiet', process.cwd(), clone], folder),
        failure('npm', ['ci', '--ignore-scripts'], clone),
        failure('npm', ['run', 'build'], clone),
        failure('npm', ['run', 'supply-chain'], clone),
      ];
      writeFileSync(join(folder, 'package.json'), '{}');
      writeFileSync(join(folder, 'validate.mjs'), VALIDATE);
      const isValid = [
        failure('npm', ['install', '--silent', '--no-save', ...VALIDATOR], folder),
        failure('node', ['validate.mjs', sbom], folder),
      ];
      const components = existsSync(sbom) ? JSON.parse(readFileSync(sbom, 'utf8')).components.length : 0;
      return [
        none('steps from the clone to its SBOM that failed', failed.filter((one) => one).length),
        atLeast('components in the SBOM', components, 50),
        none('faults of the SBOM by the schema of CycloneDX', isValid.filter((one) => one).length),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** Whether it failed; why stands on stderr. */
function failure(command: string, parameters: readonly string[], cwd: string): boolean {
  const { status, stderr } = spawnSync(command, parameters, { cwd, encoding: 'utf8', timeout: LONGEST_MS });
  if (status !== 0) console.error(`${command} ${parameters.join(' ')}: ${stderr.slice(-2000)}`);
  return status !== 0;
}
