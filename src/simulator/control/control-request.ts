/** Bodies that the control routes take, and what is said about bad ones. */
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { parseJson } from '../http/parse-json.js';
import { readBody } from '../http/read-body.js';

export interface ControlAnswer {
  readonly status: number;
  readonly body: object;
}

const BODY_LIMIT = 100_000;

export function controlError(status: number, code: string, message: string): ControlAnswer {
  return { status, body: { error: { code, message } } };
}

type ControlBody<T> = { readonly value: T } | { readonly bad: ControlAnswer };

/** An empty body counts as `{}`; the content type does not matter, so that plain curl works. */
export async function readControlBody<T extends z.ZodType>(
  request: IncomingMessage,
  schema: T,
): Promise<ControlBody<z.infer<T>>> {
  const bytes = await readBody(request, BODY_LIMIT);
  if (bytes === undefined) return { bad: controlError(413, 'BODY_TOO_LARGE', 'the body is too large') };
  const json = bytes.length === 0 ? { ok: true as const, value: {} } : parseJson(bytes);
  if (!json.ok) return { bad: controlError(400, 'BAD_REQUEST', 'the body is not JSON') };
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { value: parsed.data };
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return { bad: controlError(400, 'BAD_REQUEST', problems.join('; ')) };
}
