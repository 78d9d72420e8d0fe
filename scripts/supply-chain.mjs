/** `npm run supply-chain`: what this package is made of. Checks the lockfile and the licences, and writes the SBOM into dist. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { licenceFaults } from './supply-chain/licences.mjs';
import { lockfileFaults } from './supply-chain/lockfile.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SBOM = join(root, 'dist', 'sbom.cdx.json');

const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const faults = [...lockfileFaults(packages), ...licenceFaults(packages)];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);

const sbom = execFileSync(
  'npm',
  [
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--omit',
    'dev',
    '--package-lock-only',
  ],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
const { components, specVersion } = JSON.parse(sbom);
mkdirSync(dirname(SBOM), { recursive: true });
writeFileSync(SBOM, sbom);

const counts = new Map();
for (const [path, { dev, license }] of Object.entries(packages)) {
  if (path !== '' && !dev) counts.set(license, (counts.get(license) ?? 0) + 1);
}
for (const [licence, count] of [...counts].sort(([, a], [, b]) => b - a)) {
  console.log(`${String(count).padStart(4)} ${licence}`);
}
console.log(
  `lockfile: ${Object.keys(packages).length - 1} packages, each with its hash; dist/sbom.cdx.json: CycloneDX ${specVersion}, ${components.length} components`,
);
