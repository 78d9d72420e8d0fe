/** How large an answer may become: counted value by value while it is made, so that it is never built beyond that. */
import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
  OperationTypeNode,
} from 'graphql';
import { SelectedProperties, type SelectedProperty } from './selected-properties.js';
import { TooCostlyError } from './too-costly-error.js';

/** As large as an answer of MDES may be, so that any one logo fits. */
const MOST_ANSWER_BYTES = 2 * 1024 * 1024;

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

/**
 * Puts the count behind every field, so that a new field cannot be added without it. What is simply there, and has no resolver, is
 * counted with the object that it belongs to: a resolver for each would cost more than all the rest.
 */
export function countAnswers(schema: GraphQLSchema): GraphQLSchema {
  const selected = new SelectedProperties();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const below = getNamedType(field.type);
      const { resolve = isLeafType(below) ? undefined : defaultFieldResolver } = field;
      if (resolve === undefined) continue;
      const pictures = { itself: type.name === PICTURE, below: below.name === PICTURE };
      field.resolve = counted(resolve, selected, pictures);
    }
  }
  return schema;
}

const PICTURE = 'MediaContent';

/** Whether the field, and what its value holds, belong to a picture. */
interface OfPictures {
  readonly itself: boolean;
  readonly below: boolean;
}

function counted(
  resolve: GraphQLFieldResolver<unknown, Counting>,
  selected: SelectedProperties,
  ofPictures: OfPictures,
): GraphQLFieldResolver<unknown, Counting> {
  return (source, args, context, info) => {
    const count = (value: unknown): unknown => {
      // The word about a push that was sent goes out whatever its size, which its cost has bounded; only its pictures may not.
      const isQuery = info.operation.operation === OperationTypeNode.QUERY;
      const { answerSize } = context;
      if (isQuery || ofPictures.itself) {
        answerSize.add(String(info.path.key).length + PUNCTUATION + bytesOf(value));
      }
      if (isQuery || ofPictures.below) addProperties(answerSize, value, () => selected.of(info));
      return value;
    };
    const value = resolve(source, args, context, info);
    return value instanceof Promise ? value.then(count) : count(value);
  };
}

/** Of an object, or of all in a list. */
function addProperties(
  answerSize: AnswerSize,
  value: unknown,
  selected: () => readonly SelectedProperty[],
): void {
  if (typeof value !== 'object' || value === null) return;
  const properties = selected();
  if (properties.length === 0) return;
  for (const object of Array.isArray(value) ? value : [value]) {
    for (const { name, key } of properties) {
      const property: unknown = Reflect.get(object, name);
      // Of a union, what belongs to another type is not there.
      if (property !== undefined) answerSize.add(key.length + PUNCTUATION + bytesOf(property));
    }
  }
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (!Array.isArray(value)) return OTHER_VALUE;
  let bytes = 0;
  for (const entry of value) bytes += bytesOf(entry) + 3;
  return bytes;
}
