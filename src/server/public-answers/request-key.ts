/** What an answer is kept under. */
import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Grant } from '../../domain/grant.js';
import { languagesOf } from '../pipeline/languages.js';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** As it was settled. */
  readonly accept: string | undefined;
  readonly grant: Grant | null;
}

/**
 * All that Apollo looks at in a request, and the resolvers of public fields, in one short text: nobody's account ids lie about in
 * memory.
 */
export function requestKey({ method, url, headers, accept, grant }: Asked, body: string): string {
  // No line ends in any of them, and whoever lacks a scope is answered otherwise.
  const head = `${method}\n${url}\n${headers['content-type']}\n${accept}\n${headers['apollo-require-preflight']}\n${
    headers['x-apollo-operation-name']
  }\n${languagesOf(headers['accept-language']).join()}\n${scopesOf(grant)}\n`;
  return hash('sha256', head + body, 'base64url');
}

function scopesOf(grant: Grant | null): string {
  let text = '';
  for (const scope of grant?.scopes ?? []) text += `${scope} `;
  return text;
}
