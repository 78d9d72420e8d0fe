/** Keys out of passwords, as PKCS#5 and PKCS#12 say, without holding the event loop up. */
import { hash, pbkdf2, type ScryptOptions, scrypt } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { KeyFault } from './key-fault.js';

export const pbkdf2Key = promisify(pbkdf2);
export const scryptKey = promisify<Buffer, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Some ten seconds of one core where Node derives, a minute where we do. */
const MOST_ROUNDS = 10_000_000;
/** Of our own hashing between two turns of the event loop: some five milliseconds. */
const ROUNDS_A_TURN = 2000;
/** What the block and the hash of SHA-1 come to. */
const BLOCK = 64;
const HASH = 20;

/** What a byte string is made for (RFC 7292, B.3). */
export const PURPOSE = { key: 1, iv: 2 } as const;

export function boundedRounds(rounds: number): number {
  if (rounds >= 1 && rounds <= MOST_ROUNDS) return rounds;
  throw new KeyFault(
    `deriving its key takes ${rounds} rounds; at most ${MOST_ROUNDS} are taken: export it again with fewer.`,
  );
}

/** PKCS#12 with SHA-1 (RFC 7292, B.2). */
export async function pkcs12Key(
  { password, salt, rounds }: { readonly password: Buffer; readonly salt: Buffer; readonly rounds: number },
  purpose: number,
  length: number,
): Promise<Buffer> {
  const key: Buffer[] = [];
  const input = [filled(salt), filled(password)];
  for (let made = 0; made < length; made += HASH) {
    const block = await hashed('sha1', Buffer.concat([Buffer.alloc(BLOCK, purpose), ...input]), rounds);
    key.push(block);
    const addend = filled(block);
    for (const part of input) addToBlocks(part, addend);
  }
  return Buffer.concat(key).subarray(0, length);
}

/** PBKDF1 (RFC 8018, 5.1), which gives key and iv together. */
export function pbkdf1Key(name: string, password: Buffer, salt: Buffer, rounds: number): Promise<Buffer> {
  return hashed(name, Buffer.concat([password, salt]), rounds);
}

async function hashed(name: string, seed: Buffer, rounds: number): Promise<Buffer> {
  let bytes = seed;
  for (let round = 1; round <= rounds; round += 1) {
    bytes = hash(name, bytes, 'buffer');
    if (round % ROUNDS_A_TURN === 0) await turn();
  }
  return bytes;
}

/** Repeated until whole blocks are full. */
function filled(bytes: Buffer): Buffer {
  return bytes.length === 0 ? Buffer.alloc(0) : Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK, bytes);
}

/** To each block as a number, and one. */
function addToBlocks(blocks: Buffer, addend: Buffer): void {
  for (let start = 0; start < blocks.length; start += BLOCK) {
    let carry = 1;
    for (let at = BLOCK - 1; at >= 0; at -= 1) {
      carry += (blocks[start + at] ?? 0) + (addend[at] ?? 0);
      blocks[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}
