/** A server of openssl that lets in whose certificate the bank has signed, and says no by TLS's own alerts, as most do; Node's breaks off. */
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { freePort } from '../redis-server.js';
import type { BankAuthority } from './bank-authority.js';

export async function startOpensslServer(
  bank: BankAuthority,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const port = await freePort();
  const own = bank.certificate('localhost');
  const files = [
    ...['-cert', bank.file('openssl.crt', own.cert), '-key', bank.file('openssl.key', own.key)],
    ...['-CAfile', bank.file('openssl-ca.crt', bank.cert)],
  ];
  const asking = ['-Verify', '1', '-verify_return_error', '-www', '-quiet'];
  const child = spawn('openssl', ['s_server', '-accept', `127.0.0.1:${port}`, ...files, ...asking], {
    stdio: 'ignore',
  });
  while (child.exitCode === null && !(await listens(port))) await new Promise((done) => setTimeout(done, 20));
  return {
    url: `https://localhost:${port}`,
    close: async () => void child.kill('SIGKILL'),
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
