/** Which document a request means: by its text, or by an id in one of the ways in which clients name it. */
import { isDocumentId } from '../../domain/document-manifest.js';

export type NamedDocument =
  | { readonly kind: 'TEXT'; readonly text: string }
  | { readonly kind: 'ID'; readonly id: string; readonly isHash: boolean }
  /** Neither, or in a form that is none: nothing that could be answered. */
  | { readonly kind: 'NONE' }
  /** An id that is none, or two that differ. */
  | { readonly kind: 'ODD_ID' };

/** graphql-over-http's word, then what graphql-codegen's, Relay's and other clients send. */
const ID_MEMBERS = ['documentId', 'id', 'doc_id'] as const;

/** @param members of the body, or of the query of a GET */
export function namedDocument(members: unknown): NamedDocument {
  if (!isObject(members)) return { kind: 'NONE' };
  const text = own(members, 'query');
  // A text is what is executed, whatever stands beside it.
  if (!isAbsent(text)) return typeof text === 'string' ? { kind: 'TEXT', text } : { kind: 'NONE' };
  const hash = hashIn(own(members, 'extensions'));
  const ids = [...ID_MEMBERS.map((name) => own(members, name)), hash].filter((id) => !isAbsent(id));
  const [id, ...others] = ids;
  if (id === undefined) return { kind: 'NONE' };
  if (typeof id !== 'string' || !isDocumentId(id) || others.some((other) => other !== id)) {
    return { kind: 'ODD_ID' };
  }
  return { kind: 'ID', id, isHash: hash !== undefined };
}

/** Of automatic persisted queries; a GET has the extensions as JSON text. */
function hashIn(extensions: unknown): unknown {
  const parsed = typeof extensions === 'string' ? parseJson(extensions) : extensions;
  const persisted = isObject(parsed) ? own(parsed, 'persistedQuery') : undefined;
  return isObject(persisted) ? own(persisted, 'sha256Hash') : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Also an empty text: clients send one beside an id. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Never what an object has from its prototype. */
function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}
