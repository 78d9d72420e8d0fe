/** Where an entry stands in the history: its time and its id, so that the entry itself may have gone since. */
import { badUserInput } from '../../domain/gateway-error.js';

export interface Position {
  readonly createdAt: number;
  readonly id: string;
}

const CURSOR = /^(\d{1,15})\.([0-9a-f-]{1,64})$/;

export function toCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt}.${id}`).toString('base64url');
}

/** @throws GatewayError BAD_USER_INPUT */
export function fromCursor(cursor: string): Position {
  const [, createdAt, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (createdAt === undefined || id === undefined) {
    throw badUserInput('after is no cursor of these pushes: take endCursor of the page before.');
  }
  return { createdAt: Number(createdAt), id };
}
