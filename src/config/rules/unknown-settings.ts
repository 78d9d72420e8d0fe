/** Names in the environment that look like settings of ours and are none: a typo would be passed over in silence. */
import { SETTINGS } from '../settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Nobody else's names begin so. */
const OURS =
  /^(?:ADMIN|AUDIT|AUTH|CACHE|CALLBACK|CARD_VAULT|CATALOGUE|HAND_OFF|LEDGER|MDES|PLAIN_HTTP|PUSH_LIMITS?|RATE_LIMITS?|STEP_UP|TRUSTED)_/;
/** Kubernetes puts the address of every service of a namespace there, and a service may be called `ledger`. */
const OF_A_SERVICE =
  /_SERVICE_(?:HOST|PORT(?:_\w+)?)$|_PORT(?:_\d+_(?:TCP|UDP|SCTP)(?:_(?:ADDR|PORT|PROTO))?)?$/;
const FILE_SUFFIX = '_FILE';
/** More letters than this make another name. */
const MOST_APART = 4;

/** A fault for each, with the name that was meant. */
export function unknownSettings(environment: Environment): string[] {
  const known = SETTINGS.flatMap((name) => [name, name + FILE_SUFFIX]);
  return [...misread(environment, known), ...unknown(environment, known)];
}

/** A byte order mark that an editor has put before the first name, or a blank beside a name. */
function misread(environment: Environment, known: readonly string[]): string[] {
  return Object.keys(environment)
    .map((name) => [name, name.trim()] as const)
    .filter(([name, bare]) => name !== bare && known.includes(bare))
    .map(
      ([, bare]) =>
        `${bare} has a byte order mark or a blank beside its name, so that nobody reads it. Save the file as UTF-8 without BOM, without blanks.`,
    );
}

function unknown(environment: Environment, known: readonly string[]): string[] {
  return Object.keys(environment)
    .filter((name) => OURS.test(name) && !OF_A_SERVICE.test(name) && !known.includes(name.trim()))
    .filter((name) => environment[name]?.trim())
    .map((name) => {
      const [meant, apart] = nearest(name, known);
      return apart <= MOST_APART
        ? `${name} is no setting. Did you mean ${meant}?`
        : `${name} is no setting. Take it out; docs/operating.md lists those that there are.`;
    });
}

function nearest(name: string, known: readonly string[]): readonly [string, number] {
  const letters = sorted(name);
  let best: readonly [string, number] = ['', Number.POSITIVE_INFINITY];
  for (const one of known) {
    // The same words in another order, or without what parts them, are the same name.
    const apart = sorted(one) === letters ? 1 : distance(name, one);
    if (apart < best[1]) best = [one, apart];
  }
  return best;
}

function sorted(name: string): string {
  return [...name.replaceAll('_', '')].sort().join('');
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
