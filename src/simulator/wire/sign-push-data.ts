/** The signature of a push answer: a compact JWS that the token requestor reads the push from. */
import { createSign, type KeyObject } from 'node:crypto';
import type { SignatureData } from './push-request.js';

export interface JwsKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** Five keys in the order that MDES has been seen to write; completeIssuerAppActivation was in none of the samples. */
export function signPushData(key: JwsKey, receipts: readonly string[], data: SignatureData = {}): string {
  const payload = {
    pushAccountReceipts: receipts,
    callbackURL: data.callbackURL,
    completeWebsiteActivation: data.completeWebsiteActivation ?? true,
    accountHolderDataSupplied: data.accountHolderDataSupplied ?? false,
    locale: data.locale,
  };
  const input = `${base64url({ alg: 'RS256', kid: key.kid })}.${base64url(payload)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key.privateKey, 'base64url')}`;
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
