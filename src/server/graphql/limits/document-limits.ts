/** What one GraphQL document may ask for; counted through its fragments without ever unfolding them. */
import {
  type ASTVisitor,
  type DefinitionNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  visit,
} from 'graphql';
import { FixedMessageError } from '../../../schema/fixed-message-error.js';

/** A document of more is not read to its end. */
export const MOST_TOKENS = 1000;

const DOCUMENT_LIMITS = {
  aliases: 15,
  /** An alias is repeated with every entry of a list. */
  aliasLength: 50,
  directives: 4,
  fields: 400,
  depth: 8,
  /** The document that tools send to learn the schema is deeper; used where introspection is on. */
  introspectionDepth: 20,
  pushCard: 1,
} as const;

interface Size {
  readonly fields: number;
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly pushCard: number;
}

const EMPTY: Size = { fields: 0, depth: 0, introspectionDepth: 0, pushCard: 0 };

/** Refuses a document that passes a limit, before anything is executed. */
export const documentLimitsRule: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  Document(document) {
    let aliases = 0;
    let aliasLength = 0;
    let directives = 0;
    visit(document, {
      Field: (node) => {
        if (node.alias === undefined) return;
        aliases++;
        aliasLength = Math.max(aliasLength, node.alias.value.length);
      },
      Directive: () => {
        directives++;
      },
    });
    refuse(context, 'aliases', aliases);
    refuse(context, 'aliasLength', aliasLength);
    refuse(context, 'directives', directives);
    if (document.definitions.some(isSubscription)) {
      stop(context, 'There are no subscriptions here.');
    }
    const sizeOf = measure(context);
    const sizes = document.definitions
      .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
      .map(({ selectionSet }) => sizeOf(selectionSet));
    const total = sizes.reduce(beside, EMPTY);
    refuse(context, 'fields', total.fields);
    refuse(context, 'depth', total.depth);
    refuse(context, 'introspectionDepth', total.introspectionDepth);
    refuse(context, 'pushCard', total.pushCard);
  },
});

/** graphql-js refuses one only when it is executed, and as if that were our fault. */
function isSubscription(node: DefinitionNode): boolean {
  return node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.SUBSCRIPTION;
}

function refuse(context: ValidationContext, limit: keyof typeof DOCUMENT_LIMITS, count: number): void {
  if (count <= DOCUMENT_LIMITS[limit]) return;
  const words = limit === 'pushCard' ? 'one pushCard' : `${limit} up to ${DOCUMENT_LIMITS[limit]}`;
  stop(context, `The document is too large: it may hold ${words}.`);
}

/**
 * One error too many ends the whole validation (`maxErrors` is 1; error-report.ts leaves out its last word): before other rules
 * compare every pair of fields of what is refused anyway.
 */
function stop(context: ValidationContext, message: string): never {
  const error = new FixedMessageError(message, 'GRAPHQL_VALIDATION_FAILED');
  context.reportError(error);
  context.reportError(error);
  throw error;
}

/** Each fragment is measured once, so that a document of a thousand bytes cannot stand for a million fields. */
function measure(context: ValidationContext): (selections: SelectionSetNode) => Size {
  const fragments = new Map<FragmentDefinitionNode, Size>();

  function ofFragment(name: string): Size {
    const fragment = context.getFragment(name);
    if (!fragment) return EMPTY;
    const known = fragments.get(fragment);
    if (known !== undefined) return known;
    // Stands while the fragment itself is measured: a cycle, which another rule refuses, ends here.
    fragments.set(fragment, EMPTY);
    const size = ofSelections(fragment.selectionSet);
    fragments.set(fragment, size);
    return size;
  }

  function ofSelections({ selections }: SelectionSetNode): Size {
    let total = EMPTY;
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) total = beside(total, ofFragment(node.name.value));
      else if (node.kind === Kind.INLINE_FRAGMENT) total = beside(total, ofSelections(node.selectionSet));
      else total = beside(total, ofField(node.name.value, node.selectionSet));
    }
    return total;
  }

  function ofField(name: string, selectionSet: SelectionSetNode | undefined): Size {
    const below = selectionSet === undefined ? EMPTY : ofSelections(selectionSet);
    const isIntrospection = name === '__schema' || name === '__type';
    return {
      fields: below.fields + 1,
      depth: isIntrospection ? 1 : below.depth + 1,
      introspectionDepth: isIntrospection ? below.depth + 1 : below.introspectionDepth,
      pushCard: below.pushCard + (name === 'pushCard' ? 1 : 0),
    };
  }

  return ofSelections;
}

function beside(a: Size, b: Size): Size {
  return {
    fields: a.fields + b.fields,
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    pushCard: a.pushCard + b.pushCard,
  };
}
