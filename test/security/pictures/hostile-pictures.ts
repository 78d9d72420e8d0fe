/** Pictures that mean harm, as data: what each must come to. */
import { readFileSync } from 'node:fs';

export interface HostilePicture {
  readonly name: string;
  /** `harmless`: what is served of it does nothing, however it is shown. */
  readonly comes: 'refused' | 'harmless';
  /** A part of what the log says of one that is refused. */
  readonly why?: string;
  readonly svg?: string;
  /** For those that are no text. */
  readonly base64?: string;
}

export function hostilePictures(): HostilePicture[] {
  const lines = readFileSync('test/security/pictures/hostile.jsonl', 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

export function bytesOf({ svg = '', base64 }: HostilePicture): Buffer {
  return base64 === undefined ? Buffer.from(svg) : Buffer.from(base64, 'base64');
}
