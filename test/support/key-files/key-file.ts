/** A file that somebody gives for the signing key or for the encryption certificate, and what must come of it. */
import type { Reason } from './reasons.js';

export interface KeyFile {
  readonly name: string;
  readonly as: 'key' | 'certificate';
  readonly bytes: Buffer;
  readonly password?: string;
  readonly alias?: string;
  /** Of the two pairs of the workbench, the one that must come out; or why none does. */
  readonly gives: 'ours' | 'other' | Reason;
}

type Wish = Partial<Pick<KeyFile, 'password' | 'alias' | 'gives'>>;

export function keyFile(name: string, bytes: Buffer | string, wish: Wish = {}): KeyFile {
  return { as: 'key', gives: 'ours', ...wish, name, bytes: Buffer.from(bytes) };
}

export function certificateFile(name: string, bytes: Buffer | string, wish: Wish = {}): KeyFile {
  return { ...keyFile(name, bytes, { gives: 'other', ...wish }), as: 'certificate' };
}
