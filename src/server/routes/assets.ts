/** Logos over HTTP: public, cacheable for ever, and an SVG that can do nothing but be a picture. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { type Asset, isAssetId, type MediaContent, PNG_TYPE, SVG_TYPE } from '../../domain/asset.js';
import { RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import { MdesError } from '../../mdes/mdes-error.js';
import { sendEncoded } from '../pipeline/encoded-bytes.js';
import { sendRefusal } from '../pipeline/http-errors.js';
import type { SentLogo, SentLogos } from './sent-logos.js';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['svg', SVG_TYPE],
  ['png', PNG_TYPE],
]);

/** Of a form that is not there to the one that is: what can be shown may be more one day. */
const OTHER_FORM_SECONDS = 3600;

/** Opened as a document of its own an SVG is sandboxed; its styles and the pictures inside it are still shown. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

const FILE = /^(?<id>[A-Za-z0-9_-]{1,64})\.(?<extension>svg|png)$/;

export const ASSETS = '/assets/';

/** What a logo is sent with, in this form. */
export function logoHeaders(type: string): string[] {
  return [
    ...['content-type', type],
    ...['cache-control', 'public, max-age=31536000, immutable'],
    ...['content-security-policy', CONTENT_SECURITY_POLICY],
    ...['cross-origin-resource-policy', 'cross-origin'],
  ];
}

export function registerAssets(app: FastifyInstance, catalogue: Catalogue, sent: SentLogos): void {
  app.get<{ Params: { file: string } }>(`${ASSETS}:file`, async (request, reply) => {
    const { id = '', extension = '' } = FILE.exec(request.params.file)?.groups ?? {};
    const type = TYPES.get(extension);
    if (type === undefined || !isAssetId(id)) return notFound(reply, 'There is no such logo.');
    const [asset] = await catalogue.assets([id]);
    if (asset instanceof Error || asset === undefined) {
      request.log.warn({ err: asset }, 'a logo could not be fetched');
      const message = 'The logo cannot be fetched just now. Try again shortly.';
      const asked = asset instanceof MdesError ? asset.retryAfterSeconds : undefined;
      const retryAfter = asked ?? RETRY_AFTER_SECONDS;
      return sendRefusal(reply, { status: 503, code: 'UPSTREAM_UNAVAILABLE', message, retryAfter });
    }
    if (asset === null) return notFound(reply, 'There is no such logo.');
    const media = mediaOf(asset, type);
    if (media !== undefined) return sendLogo(request, reply, sent.keep(request.params.file, media));
    const other = [...TYPES].find(([, otherType]) => mediaOf(asset, otherType) !== undefined);
    if (other === undefined) return notFound(reply, 'There is no picture of this logo that can be shown.');
    reply.header('cache-control', `public, max-age=${OTHER_FORM_SECONDS}`);
    return reply.header('cross-origin-resource-policy', 'cross-origin').redirect(`${id}.${other[0]}`, 302);
  });
}

function mediaOf({ mediaContents }: Asset, type: string): MediaContent | undefined {
  return mediaContents.find((media) => media.type === type);
}

function sendLogo(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, bytes }: SentLogo,
): Promise<FastifyReply> {
  const headers = logoHeaders(type);
  for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] ?? '', headers[at + 1]);
  return sendEncoded(request, reply, bytes);
}

function notFound(reply: FastifyReply, message: string): FastifyReply {
  return sendRefusal(reply, { status: 404, code: 'NOT_FOUND', message });
}
