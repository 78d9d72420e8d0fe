/** Where the explorer is on, what a caller without a token may ask: nothing but what the schema looks like. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DefinitionNode, Kind, OperationTypeNode, parse } from 'graphql';
import { namedDocument } from '../trusted-documents/named-document.js';
import { refuseStranger } from './sign-in-hook.js';

/** Twice as long as the longest introspection that tools send. */
const LONGEST = 8000;
const MOST_TOKENS = 1000;
const INTROSPECTION: readonly string[] = ['__schema', '__type', '__typename'];

export async function requireIntrospection(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.accountHolder !== null) return;
  const named = namedDocument(request.method === 'GET' ? request.query : request.body);
  // A browser that asks for the landing page.
  if (request.method === 'GET' && named.kind === 'NONE' && member(request.query, 'query') === undefined)
    return;
  if (named.kind !== 'TEXT' || !onlyIntrospects(named.text)) await refuseStranger(reply);
}

/** Bounded in what it reads; fragments may stand below the root only. */
export function onlyIntrospects(text: string): boolean {
  if (text.length > LONGEST || !text.includes('__')) return false;
  const operations = definitionsOf(text).filter((node) => node.kind !== Kind.FRAGMENT_DEFINITION);
  return operations.length > 0 && operations.every(isIntrospection);
}

function isIntrospection(node: DefinitionNode): boolean {
  if (node.kind !== Kind.OPERATION_DEFINITION || node.operation !== OperationTypeNode.QUERY) return false;
  return node.selectionSet.selections.every(
    (field) => field.kind === Kind.FIELD && INTROSPECTION.includes(field.name.value),
  );
}

function definitionsOf(text: string): readonly DefinitionNode[] {
  try {
    return parse(text, { maxTokens: MOST_TOKENS, noLocation: true }).definitions;
  } catch {
    return [];
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
