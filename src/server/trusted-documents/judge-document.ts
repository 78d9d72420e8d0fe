/** Before a document is parsed: an id becomes its text, and where it is enforced what no app is known to send is refused. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JudgedDocument } from '../../schema/context.js';
import { wantsPlainJson } from '../graphql/errors/json-status.js';
import { sendRefusal } from '../pipeline/http-errors.js';
import { onlyIntrospects } from '../sign-in/introspection-only.js';
import { namedDocument } from './named-document.js';
import type { TrustedDocuments } from './trusted-documents.js';

interface TrustOptions {
  readonly mode: 'log' | 'enforce';
  /** Whether the explorer is on, and asks what the schema looks like. */
  readonly introspection: boolean;
}

/** What probes send; it tells nothing. */
const PROBE = /^\s{0,9}(query\s{0,9}\w{0,80}\s{0,9})?\{\s{0,9}__typename\s{0,9}\}\s{0,9}$/;

export function judgeDocument(documents: TrustedDocuments, { mode, introspection }: TrustOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const named = namedDocument(request.method === 'GET' ? request.query : request.body);
    switch (named.kind) {
      case 'TEXT': {
        const { text } = named;
        const isTrusted = documents.has(text) || PROBE.test(text) || (introspection && onlyIntrospects(text));
        if (!isTrusted && mode === 'enforce') {
          await refuse(reply, 'Only documents that the operators of this gateway know are answered.');
        } else request.judged = { text, isTrusted };
        return;
      }
      case 'ID': {
        const text = documents.byId(named.id);
        if (text !== undefined) request.judged = { text, isTrusted: true };
        // Automatic persisted queries: told by Apollo that there are none, the client sends the text.
        else if (mode === 'enforce' || !named.isHash) await refuseId(reply);
        return;
      }
      case 'ODD_ID':
        await refuseId(reply);
        return;
      case 'NONE':
        return;
      default:
        named satisfies never;
    }
  };
}

function refuseId(reply: FastifyReply): Promise<void> {
  return refuse(reply, 'The operators of this gateway know no document of this id.');
}

async function refuse(reply: FastifyReply, message: string): Promise<void> {
  const status = wantsPlainJson(reply.request.headers.accept) ? 200 : 400;
  await sendRefusal(reply, { status, code: 'DOCUMENT_NOT_TRUSTED', message });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null: nobody has looked, or it names none. */
    judged: JudgedDocument | null;
  }
}
