/** Reads the JWS of a push as a token requestor must: nothing is believed before the signature is verified. */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../http/parse-json.js';
import type { JwsKey } from '../wire/sign-push-data.js';

const header = z.object({ alg: z.literal('RS256'), kid: z.string() });
const pushData = z.object({
  pushAccountReceipts: z.array(z.string()),
  callbackURL: z.string().optional(),
  accountHolderDataSupplied: z.boolean().optional(),
  locale: z.string().optional(),
});
export type PushData = z.infer<typeof pushData>;

/** Three parts of base64url and nothing else: decoding alone would pass over foreign characters. */
const COMPACT_JWS = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** `undefined` when it is not what this MDES signed. */
export function verifyPushData(jws: string, key: JwsKey): PushData | undefined {
  const [, protectedHeader = '', payload = '', signature = ''] = COMPACT_JWS.exec(jws) ?? [];
  if (header.safeParse(decoded(protectedHeader)).data?.kid !== key.kid) return undefined;
  const input = Buffer.from(`${protectedHeader}.${payload}`);
  const publicKey = createPublicKey(key.privateKey);
  const isSigned = verify('RSA-SHA256', input, publicKey, Buffer.from(signature, 'base64url'));
  return isSigned ? pushData.safeParse(decoded(payload)).data : undefined;
}

function decoded(part: string): unknown {
  const json = parseJson(Buffer.from(part, 'base64url'));
  return json.ok ? json.value : undefined;
}
