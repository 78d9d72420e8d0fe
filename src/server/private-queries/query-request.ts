/** A POST of JSON that asks for one operation in the plainest form; every other form is Apollo's to judge. */
import { namedDocument } from '../trusted-documents/named-document.js';
import type { TrustedDocuments } from '../trusted-documents/trusted-documents.js';

export interface QueryRequest {
  readonly text: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;
/** As it was settled before (answer-type.ts): what is answered with application/json. */
const ACCEPTED: readonly (string | undefined)[] = [undefined, 'application/json', '*/*'];
/** What Fastify's parser looks for in names, or a way to write it. */
const ODD = /__proto__|constructor|\\u/;
const NAME = /^[_A-Za-z]\w*$/;

/** @param documents the only ones that are answered; null: any is */
export function readQuery(
  contentType: string | undefined,
  accept: string | undefined,
  json: string,
  documents: TrustedDocuments | null,
): QueryRequest | undefined {
  if (contentType === undefined || !JSON_TYPE.test(contentType) || !ACCEPTED.includes(accept))
    return undefined;
  const members = ODD.test(json) ? undefined : parsed(json);
  if (!isObject(members)) return undefined;
  const { operationName, variables, extensions } = members;
  const text = textOf(members, documents);
  const isPlain = documents !== null || extensions == null;
  if (text === undefined || !isPlain || !isName(operationName)) return undefined;
  if (variables != null && !isObject(variables)) return undefined;
  return { text, operationName, variables: variables ?? {} };
}

function textOf(members: object, documents: TrustedDocuments | null): string | undefined {
  const named = namedDocument(members);
  if (named.kind === 'TEXT') {
    return documents === null || documents.has(named.text) ? named.text : undefined;
  }
  return named.kind === 'ID' ? documents?.byId(named.id) : undefined;
}

function isName(value: unknown): value is string | null | undefined {
  return value == null || (typeof value === 'string' && NAME.test(value));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
