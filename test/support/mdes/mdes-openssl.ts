/** Keys and certificates as an operator gets them: made with openssl in a directory of their own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface OpensslDirectory {
  /** Blanks separate the arguments; files are relative to the directory. */
  run(command: string): void;
  read(file: string): Buffer;
  remove(): void;
}

export function makeOpensslDirectory(): OpensslDirectory {
  const directory = mkdtempSync(join(tmpdir(), 'mdes-keys-'));
  return {
    run(command) {
      execFileSync('openssl', command.split(' '), { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
    },
    read: (file) => readFileSync(join(directory, file)),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
