/** Where key files are made: openssl in a folder of its own, and two pairs of keys that all of them hold. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class Workbench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'key-files-'));

  constructor() {
    for (const name of ['ours', 'other']) {
      this.run(`genrsa -traditional -out ${name}.pkcs1.pem 2048`);
      this.run(`pkcs8 -topk8 -nocrypt -in ${name}.pkcs1.pem -out ${name}.pem`);
      this.run(`req -x509 -new -key ${name}.pem -days 30 -subj /CN=${name} -out ${name}.crt`);
    }
  }

  /** Blanks separate the arguments; openssl finds the password as `env:PW`. @returns what it writes to `out` */
  make(command: string, password = 'opensesame'): Buffer {
    this.run(`${command} -out out`, password);
    return this.read('out');
  }

  run(command: string, password = ''): void {
    execFileSync('openssl', command.split(/ +/), {
      cwd: this.#folder,
      env: { ...process.env, PW: password },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }

  read(name: string): Buffer {
    return readFileSync(join(this.#folder, name));
  }

  write(name: string, content: string | Buffer): void {
    writeFileSync(join(this.#folder, name), content);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
