/** Looks whether files have changed. Secrets that are mounted are swapped by symbolic links, of which no watcher hears: it looks itself. */
import { stat } from 'node:fs/promises';

const LOOK_MS = 2000;

/** `onChange` is called once nothing has changed between two looks: what belongs together is written one after the other. */
export function watchFiles(
  paths: readonly string[],
  onChange: () => void,
  lookMs = LOOK_MS,
): { stop(): void } {
  if (paths.length === 0) return { stop: () => undefined };
  let taken: string | undefined;
  let last: string | undefined;
  const look = async () => {
    const now = (await Promise.all(paths.map(signOf))).join('\n');
    taken ??= now;
    if (now !== taken && now === last) {
      taken = now;
      onChange();
    }
    last = now;
  };
  void look();
  const timer = setInterval(() => void look(), lookMs).unref();
  return { stop: () => clearInterval(timer) };
}

/** Of what the path leads to. */
async function signOf(path: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeMs } = await stat(path);
    return `${dev} ${ino} ${size} ${mtimeMs}`;
  } catch {
    return '';
  }
}
