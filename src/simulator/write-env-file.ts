/** Writes what a client needs to talk to the simulator: an env file, and the PEM files that it names. */
import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { RunningSimulator } from './simulator.js';

const OWNER_ONLY = 0o600;

/** The env file comes last and in one step: whoever sees it can rely on all the rest. */
export async function writeEnvFile(file: string, mdes: RunningSimulator['mdes']): Promise<void> {
  const path = resolve(file);
  if (existsSync(path) && statSync(path).isDirectory()) throw new Error(`${path} is a directory, not a file`);
  const keyFile = `${path}.signing-key.pem`;
  const certificateFile = `${path}.encryption-certificate.pem`;
  const settings = {
    MDES_BASE_URL: mdes.baseUrl,
    MDES_CONSUMER_KEY: mdes.consumerKey,
    MDES_SIGNING_KEY_FILE: keyFile,
    MDES_ENCRYPTION_CERTIFICATE_FILE: certificateFile,
    MDES_ACCOUNT_RANGES: mdes.accountRanges.join(','),
  };
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(keyFile, mdes.signingKeyPem);
  await replaceFile(certificateFile, mdes.encryptionCertificatePem);
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}\n`);
  await replaceFile(path, lines.join(''));
}

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await rm(temporary, { force: true });
  await writeFile(temporary, text, { mode: OWNER_ONLY, flag: 'wx' });
  await chmod(temporary, OWNER_ONLY);
  await rename(temporary, path);
}

/** Plain values stay bare; a path with a blank or a # needs quotes. */
function quote(value: string): string {
  if (/^[\w./:,!-]+$/.test(value)) return value;
  return value.includes("'") ? `"${value}"` : `'${value}'`;
}
