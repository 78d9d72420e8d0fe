/** Goes through audit lines and names what was done to them: changed, taken out, moved, copied, cut off. */
import type { AuditKey } from './audit-key.js';
import { type AuditLine, LINE_START, readLine } from './chain.js';

interface AuditFault {
  /** Where it can be seen: `file:line`. */
  readonly at: string;
  readonly what: string;
}

export interface AuditVerdict {
  readonly lines: number;
  readonly chains: readonly string[];
  /** In the order of the lines; chains without an end come last. */
  readonly faults: readonly AuditFault[];
  /** Lines that a process had no room for, as it tells itself. */
  readonly lost: number;
}

interface Fault {
  readonly at: string;
  what: string;
}

/** Lines that were not there where they belong; they may still come. */
interface Gap {
  readonly fault: Fault;
  /** How many; of more than LARGEST_GAP not each is named in `missing`. */
  count: number;
  readonly missing: Set<number>;
  readonly moved: string[];
}

interface ChainState {
  readonly about: string;
  /** The number of its first line here. */
  readonly first: number;
  next: number;
  /** null: the line before cannot be trusted. */
  prev: string | null;
  lines: number;
  hasEnded: boolean;
  readonly gaps: Gap[];
  last: string;
}

/** Of more than these nobody wants a list. */
const LARGEST_GAP = 100_000;

export class AuditVerifier {
  readonly #keys: ReadonlyMap<string, AuditKey>;
  readonly #isPart: boolean;
  readonly #chains = new Map<string, ChainState>();
  readonly #faults: Fault[] = [];
  readonly #unknownKeys = new Set<string>();
  #lines = 0;
  #lost = 0;

  /** @param isPart what is read is a part of a log: chains may begin before it, and go on after it */
  constructor(keys: readonly AuditKey[], { isPart }: { readonly isPart: boolean }) {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.#isPart = isPart;
  }

  /** @param text a line of the log, with whatever a collector has put before it; what is no audit line is passed over */
  read(text: string, at: string): void {
    const start = text.indexOf(LINE_START);
    if (start < 0) return;
    this.#lines += 1;
    const line = readLine(text.slice(start).trimEnd());
    if (line === undefined) {
      this.#fault(at, 'changed or cut off: it has not the form of an audit line');
      this.#passOver(/"chain":"([\w-]{16})","seq":(\d{1,15})/.exec(text.slice(start)), at);
      return;
    }
    const key = this.#keys.get(line.keyId);
    if (key === undefined) this.#faultOfKey(line.keyId, at);
    else if (key.mac(line.body) !== line.mac) {
      this.#fault(at, 'changed: its keyed hash is not that of its text');
      this.#passOver(['', line.chain, String(line.seq)], at);
      return;
    }
    this.#follow(line, at);
  }

  end(): AuditVerdict {
    if (!this.#isPart) {
      for (const { about, hasEnded, last } of this.#chains.values()) {
        if (hasEnded) continue;
        const what = `the last line of ${about}, which has no end: lines were cut off, or the process was killed, or still runs (then verify with --part)`;
        this.#fault(last, what);
      }
    }
    return {
      lines: this.#lines,
      chains: [...this.#chains.values()].map(
        ({ about, first, next, lines, hasEnded }) =>
          `${about}: ${lines} line(s), ${first} to ${next - 1}${hasEnded ? '' : ', no end'}`,
      ),
      faults: this.#faults,
      lost: this.#lost,
    };
  }

  #follow(line: AuditLine, at: string): void {
    const { seq, prev, mac, action, body } = line;
    const chain =
      this.#chains.get(line.chain) ?? this.#begin({ id: line.chain, seq, about: aboutOf(line) }, at);
    chain.lines += 1;
    if (seq < chain.next) {
      this.#outOfPlace(chain, seq, at);
      return;
    }
    if (seq > chain.next) this.#missing(chain, seq, at);
    else if (chain.prev !== null && prev !== chain.prev)
      this.#fault(at, 'does not follow the line before it');
    chain.next = seq + 1;
    chain.prev = mac;
    chain.last = at;
    chain.hasEnded = action === 'process.stopped';
    if (action === 'lines.lost') this.#lost += Number(/"lines":(\d+)/.exec(body)?.[1] ?? 0);
  }

  #begin(
    {
      id,
      seq,
      about = `chain ${id}`,
    }: { readonly id: string; readonly seq: number; readonly about?: string },
    at: string,
  ): ChainState {
    const chain: ChainState = {
      about,
      first: seq,
      next: this.#isPart ? seq : 0,
      prev: null,
      lines: 0,
      hasEnded: false,
      gaps: [],
      last: at,
    };
    this.#chains.set(id, chain);
    return chain;
  }

  #missing(chain: ChainState, seq: number, at: string): void {
    const count = seq - chain.next;
    const fault = this.#fault(at, linesMissing(count, chain));
    const missing = new Set<number>();
    for (let one = chain.next; one < seq && missing.size < LARGEST_GAP; one++) missing.add(one);
    chain.gaps.push({ fault, count, missing, moved: [] });
  }

  /** It was missed before, or there are two of it. */
  #outOfPlace(chain: ChainState, seq: number, at: string): void {
    const gap = chain.gaps.find(({ missing }) => missing.has(seq));
    if (gap === undefined) {
      this.#fault(at, `a copy of a line that stands before it, in ${chain.about}`);
      return;
    }
    gap.missing.delete(seq);
    gap.count -= 1;
    gap.moved.push(at);
    const moved = `swapped: what belongs before it stands at ${gap.moved.slice(0, 3).join(', ')}`;
    gap.fault.what = gap.count === 0 ? moved : `${linesMissing(gap.count, chain)}; ${moved}`;
  }

  /** A line that cannot be trusted, in the place of a good one: the next one is not blamed for it. */
  #passOver(named: readonly (string | undefined)[] | null, at: string): void {
    const [, id = '', seq] = named ?? [];
    const isFirst = !this.#chains.has(id) && (this.#isPart || seq === '0');
    const chain = isFirst ? this.#begin({ id, seq: Number(seq) }, at) : this.#chains.get(id);
    if (chain === undefined || Number(seq) !== chain.next) return;
    chain.next += 1;
    chain.prev = null;
    chain.lines += 1;
    chain.last = at;
    chain.hasEnded = false;
  }

  #fault(at: string, what: string): Fault {
    const fault = { at, what };
    this.#faults.push(fault);
    return fault;
  }

  #faultOfKey(id: string, at: string): void {
    if (this.#unknownKeys.has(id)) return;
    this.#unknownKeys.add(id);
    this.#fault(at, `chained with the key ${id}, which is not known: add it to AUDIT_KEYS`);
  }
}

function aboutOf({ chain: id, time, action, body }: AuditLine): string {
  if (action !== 'process.started') return `chain ${id}`;
  const said = (name: string) => new RegExp(`"${name}":"?([^",}]+)`).exec(body)?.[1] ?? '?';
  return `chain ${id} (${said('program')} on ${said('host')}, process ${said('pid')}, since ${time})`;
}

function linesMissing(count: number, { about }: ChainState): string {
  return `${count} line(s) before it are missing, in ${about}`;
}
