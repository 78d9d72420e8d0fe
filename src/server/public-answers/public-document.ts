/** Whether a document asks for nothing but public fields: read from the schema once per document. */
import {
  type DocumentNode,
  type GraphQLSchema,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { PUBLIC_ARGUMENTS, PUBLIC_FIELDS } from '../../schema/access/public-fields.js';
import type { AnswerScope } from '../../schema/answer-basis.js';

export class PublicDocuments {
  readonly #schema: GraphQLSchema;
  /** Apollo keeps documents, a bounded number of them: the same text is the same object. */
  readonly #known = new WeakMap<DocumentNode, AnswerScope>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** @param document valid; all of its operations and fragments count, whichever of them is asked for */
  scopeOf(document: DocumentNode): AnswerScope {
    const known = this.#known.get(document);
    if (known !== undefined) return known;
    const scope = this.#find(document);
    this.#known.set(document, scope);
    return scope;
  }

  #find(document: DocumentNode): AnswerScope {
    const types = new TypeInfo(this.#schema);
    let isPublic = true;
    let namesIds = false;
    visit(
      document,
      visitWithTypeInfo(types, {
        OperationDefinition({ operation }) {
          isPublic &&= operation === OperationTypeNode.QUERY;
        },
        Field({ name: { value: name }, arguments: given = [] }) {
          const field = `${types.getParentType()?.name}.${name}`;
          isPublic &&= name === '__typename' || PUBLIC_FIELDS.has(field);
          namesIds ||= given.some((argument) => !PUBLIC_ARGUMENTS.has(`${field}.${argument.name.value}`));
        },
      }),
    );
    if (!isPublic) return 'PRIVATE';
    return namesIds ? 'BY_IDS' : 'PUBLIC';
  }
}
