/** How large an answer may become: counted value by value while it is made, so that it is never built beyond that. */
import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  OperationTypeNode,
} from 'graphql';
import { TooCostlyError } from './too-costly-error.js';

/** As large as an answer of MDES may be, so that any one logo fits. */
export const MOST_ANSWER_BYTES = 2 * 1024 * 1024;

/** Quotes, colon and comma around a name and its value. */
const PUNCTUATION = 6;
/** A number, a truth value, a date, or the braces of an object, on average. */
const OTHER_VALUE = 8;

export class AnswerSize {
  #bytes = 0;
  #excess: TooCostlyError | undefined;

  /** What the answer is refused with; undefined while it fits. */
  get excess(): TooCostlyError | undefined {
    return this.#excess;
  }

  /** @throws TooCostlyError from the first byte too many on */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= MOST_ANSWER_BYTES) return;
    this.#excess ??= new TooCostlyError(
      `The answer would be larger than ${MOST_ANSWER_BYTES} bytes. Ask for fewer accounts or requestors at a time, ` +
        'as with fundingAccounts(ids: …) or filter: { name: … }, and for the URLs of logos instead of mediaContents.',
      { bytes: this.#bytes, limit: MOST_ANSWER_BYTES },
    );
    throw this.#excess;
  }
}

interface Counting {
  readonly answerSize: AnswerSize;
}

/** Puts the count behind every field, so that a new field cannot be added without it. */
export function countAnswers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isPicture = type.name === 'MediaContent';
    for (const field of Object.values(type.getFields())) {
      field.resolve = counted(field.resolve ?? defaultFieldResolver, isPicture);
    }
  }
  return schema;
}

function counted(
  resolve: GraphQLFieldResolver<unknown, Counting>,
  isPicture: boolean,
): GraphQLFieldResolver<unknown, Counting> {
  return (source, args, context, info) => {
    const count = (value: unknown): unknown => {
      if (isCounted(info, isPicture)) {
        context.answerSize.add(String(info.path.key).length + PUNCTUATION + bytesOf(value));
      }
      return value;
    };
    const value = resolve(source, args, context, info);
    return value instanceof Promise ? value.then(count) : count(value);
  };
}

/** The word about a push that was sent goes out whatever its size, which its cost has bounded; only its pictures may not. */
function isCounted({ operation }: GraphQLResolveInfo, isPicture: boolean): boolean {
  return isPicture || operation.operation === OperationTypeNode.QUERY;
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (!Array.isArray(value)) return OTHER_VALUE;
  let bytes = 0;
  for (const entry of value) bytes += bytesOf(entry) + 3;
  return bytes;
}
