/** What a child process says, and how it ends. */
import type { ChildProcess } from 'node:child_process';
import { innerProcess } from './root.js';

export function said(child: ChildProcess) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const end = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => output,
    ended: async () => ({ code: await end, output }),
    /** Process 1 takes all others of its space along. */
    kill() {
      const pid = child.exitCode === null ? innerProcess(child) : undefined;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    },
  };
}
