/** What a child process says, and how it ends. */
import type { ChildProcess } from 'node:child_process';

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
  };
}
