/** What an answer under load amounts to: right, wrong, an error by its code, or no valid GraphQL at all. */
import { canonical, type ReadRequestor } from '../documents.js';

interface Body {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

interface Data {
  readonly tokenRequestors?: readonly ReadRequestor[] | null;
  readonly pushCard?: { readonly id?: string; readonly status?: string } | null;
}

interface Judgement {
  readonly kind: string;
  readonly data?: Data;
}

/** @param text null: no answer */
export function judge(
  text: string | null,
  read: (data: Data) => readonly ReadRequestor[] | null | undefined,
  expected?: string,
): Judgement {
  const body = parse(text);
  if (body === undefined) return { kind: 'drop' };
  const [error] = body.errors ?? [];
  if (error !== undefined) return { kind: error.extensions?.code ?? 'error without a code' };
  if (body.data == null) return { kind: 'drop' };
  const requestors = read(body.data);
  if (expected !== undefined && (requestors == null || canonical(requestors) !== expected)) {
    return { kind: 'wrong', data: body.data };
  }
  return { kind: 'ok', data: body.data };
}

function parse(text: string | null): Body | undefined {
  try {
    const json: unknown = JSON.parse(text ?? '');
    const isAnswer = typeof json === 'object' && json !== null && ('data' in json || 'errors' in json);
    return isAnswer ? (json as Body) : undefined;
  } catch {
    return undefined;
  }
}
