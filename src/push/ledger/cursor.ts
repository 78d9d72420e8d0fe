/** Where an entry stands in the history: its time and its id, so that the entry itself may have gone since. */
import { createHash } from 'node:crypto';
import { badUserInput } from '../../domain/gateway-error.js';

export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,15})\.([0-9a-f-]{1,64})\.([\w-]{8})$/;

/** Good for this account holder's list only: another's is a mistake that shall not look like an answer. */
export function toCursor(accountHolder: string, { createdAt, id }: Position): string {
  const place = `${createdAt}.${id}`;
  return Buffer.from(`${place}.${tagOf(accountHolder, place)}`).toString('base64url');
}

/** @throws GatewayError BAD_USER_INPUT */
export function fromCursor(accountHolder: string, cursor: string): Position {
  const [, createdAt = '', id = '', tag] =
    CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (tag === undefined || tag !== tagOf(accountHolder, `${createdAt}.${id}`)) {
    throw badUserInput('after is no cursor of these pushes: take endCursor of the page before.');
  }
  return { createdAt: Number(createdAt), id };
}

function tagOf(accountHolder: string, place: string): string {
  const hash = createHash('sha256').update(JSON.stringify([accountHolder, place]));
  return hash.digest('base64url').slice(0, 8);
}
