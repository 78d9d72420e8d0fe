/** Notes which operation a request was, by its root fields, and the codes of its errors. */
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { GatewayContext } from '../../schema/context.js';

export function outcomePlugin(): ApolloServerPlugin<GatewayContext> {
  /** Apollo keeps documents: the same text is the same object. */
  const names = new WeakMap<OperationDefinitionNode, string>();
  return {
    async requestDidStart({ contextValue: { outcome } }) {
      return {
        async didResolveOperation({ document, operation }) {
          if (operation === undefined) return;
          const name = names.get(operation) ?? nameOf(document, operation);
          names.set(operation, name);
          outcome.operation = name;
        },
        async willSendResponse({ response: { body } }) {
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          const codes = new Set(errors.map(({ extensions }) => String(extensions?.['code'])));
          outcome.codes = [...codes].join(' ');
        },
      };
    },
  };
}

/** Never the name that the caller gave it, which may be anything. */
function nameOf(document: DocumentNode, { operation, selectionSet }: OperationDefinitionNode): string {
  const fields = new Set(rootFields(selectionSet, document));
  return `${operation} ${[...fields].sort().join(' ')}`;
}

/** It is valid: no fragment leads to itself. */
function rootFields({ selections }: SelectionSetNode, document: DocumentNode): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, document);
    const fragment = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(fragment.selectionSet, document) : [];
  });
}
