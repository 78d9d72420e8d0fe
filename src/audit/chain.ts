/** The form of an audit line, and how each is chained to the one before: by a keyed hash over both. */
import { randomBytes } from 'node:crypto';
import { maskCardNumbers } from '../observability/card-number-net.js';
import type { AuditKey } from './audit-key.js';

/** The marker: an audit line is told by it from whatever stands around it. */
export const LINE_START = '{"audit":1,';

const LINE =
  /^(\{"audit":1,"chain":"([\w-]{16})","seq":(\d{1,15}),"time":"([^"]+)","action":"([a-z.-]+)".*,"key":"([\w-]{8})","prev":"((?:[\w-]{43})?)"),"mac":"([\w-]{43})"\}$/;

/** What is said before the key; time and action come first. */
interface LineFields {
  readonly time: string;
  readonly action: string;
  readonly [name: string]: unknown;
}

export interface AuditLine {
  readonly chain: string;
  readonly seq: number;
  readonly time: string;
  readonly action: string;
  readonly keyId: string;
  /** The mac of the line before; empty: there is none. */
  readonly prev: string;
  readonly mac: string;
  /** What the mac is made of. */
  readonly body: string;
}

/** One per process. */
export class Chain {
  readonly #id = randomBytes(12).toString('base64url');
  readonly #key: AuditKey;
  #seq = 0;
  #prev = '';

  constructor(key: AuditKey) {
    this.#key = key;
  }

  /** @param take whether there was room for the line: one that was not taken is no part of the chain */
  add(fields: LineFields, take: (line: string) => boolean): boolean {
    const said = inAscii(maskCardNumbers(JSON.stringify(fields))).slice(1, -1);
    const body = `${LINE_START}"chain":"${this.#id}","seq":${this.#seq},${said},"key":"${this.#key.id}","prev":"${this.#prev}"`;
    const mac = this.#key.mac(body);
    if (!take(`${body},"mac":"${mac}"}\n`)) return false;
    this.#seq += 1;
    this.#prev = mac;
    return true;
  }
}

/** undefined: it has not the form. */
export function readLine(text: string): AuditLine | undefined {
  const found = LINE.exec(text);
  if (found === null) return undefined;
  const [, body = '', chain = '', seq = '', time = '', action = '', keyId = '', prev = '', mac = ''] = found;
  return { chain, seq: Number(seq), time, action, keyId, prev, mac, body };
}

/** Readers of lines take U+2028 for the end of one, and collectors guess at encodings. */
function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
