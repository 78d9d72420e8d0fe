/** Looks into the JWS that MDES signs for the token requestor; its key is the requestor's affair, not the issuer's. */
import { z } from 'zod';
import { readJson } from './json.js';

const COMPACT_JWS = /^[\w-]+\.([\w-]+)\.[\w-]+$/;
const Payload = z.object({ pushAccountReceipts: z.array(z.string()) });

/** undefined when it is no JWS over receipts. */
export function signedReceipts(jws: string): readonly string[] | undefined {
  const payload = COMPACT_JWS.exec(jws)?.[1];
  if (payload === undefined) return undefined;
  return Payload.safeParse(readJson(Buffer.from(payload, 'base64url'))).data?.pushAccountReceipts;
}
