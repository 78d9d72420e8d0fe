/** Notes which operation a request was, by its root fields, and the codes of its errors. */
import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { GatewayContext } from '../../schema/context.js';

export const outcomePlugin: ApolloServerPlugin<GatewayContext> = {
  async requestDidStart({ contextValue: { outcome } }) {
    return {
      async didResolveOperation({ document, operation }) {
        if (operation !== undefined) outcome.operation = operationLabel(document, operation);
      },
      async willSendResponse({ response: { body } }) {
        const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
        const codes = new Set(errors.map(({ extensions }) => String(extensions?.['code'])));
        outcome.codes = [...codes].join(' ');
      },
    };
  },
};

/** Apollo keeps documents: the same text is the same object. */
const labels = new WeakMap<OperationDefinitionNode, string>();

/** Never the name that the caller gave it, which may be anything. */
export function operationLabel(document: DocumentNode, operation: OperationDefinitionNode): string {
  const known = labels.get(operation);
  if (known !== undefined) return known;
  const label = labelOf(document, operation);
  labels.set(operation, label);
  return label;
}

function labelOf(document: DocumentNode, { operation, selectionSet }: OperationDefinitionNode): string {
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
