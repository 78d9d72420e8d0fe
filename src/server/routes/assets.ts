/** Logos over HTTP: public, cacheable for ever, and an SVG that can do nothing but be a picture. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { type Asset, isAssetId, type MediaContent, PNG_TYPE, SVG_TYPE } from '../../domain/asset.js';
import { RETRY_AFTER_SECONDS } from '../../domain/gateway-error.js';
import { MdesError } from '../../mdes/mdes-error.js';
import { EncodedBytes, sendEncoded } from '../pipeline/encoded-bytes.js';
import { sendRefusal } from '../pipeline/http-errors.js';

const TYPES: ReadonlyMap<string, string> = new Map([
  ['svg', SVG_TYPE],
  ['png', PNG_TYPE],
]);

/** Of a form that is not there to the one that is: what can be shown may be more one day. */
const OTHER_FORM_SECONDS = 3600;

/** Opened as a document of its own an SVG is sandboxed; its styles and the pictures inside it are still shown. */
const CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

const FILE = /^(?<id>[A-Za-z0-9_-]{1,64})\.(?<extension>svg|png)$/;

export function registerAssets(app: FastifyInstance, catalogue: Catalogue): void {
  const bytesOf = logoBytes();
  app.get<{ Params: { file: string } }>('/assets/:file', async (request, reply) => {
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
    const bytes = bytesOf(asset, type);
    if (bytes !== null) return sendLogo(request, reply, type, bytes);
    const other = [...TYPES].find(([, otherType]) => bytesOf(asset, otherType) !== null);
    if (other === undefined) return notFound(reply, 'There is no picture of this logo that can be shown.');
    reply.header('cache-control', `public, max-age=${OTHER_FORM_SECONDS}`);
    return reply.header('cross-origin-resource-policy', 'cross-origin').redirect(`${id}.${other[0]}`, 302);
  });
}

/** Of each picture once: it stays the same as long as it is at hand. */
function logoBytes() {
  const known = new WeakMap<MediaContent, EncodedBytes>();
  return ({ mediaContents }: Asset, type: string): EncodedBytes | null => {
    const content = mediaContents.find((media) => media.type === type);
    if (content === undefined) return null;
    const bytes =
      known.get(content) ??
      new EncodedBytes(Buffer.from(content.data, 'base64'), { packed: type === PNG_TYPE });
    known.set(content, bytes);
    return bytes;
  };
}

function sendLogo(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  bytes: EncodedBytes,
): Promise<FastifyReply> {
  reply
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('content-security-policy', CONTENT_SECURITY_POLICY)
    .header('cross-origin-resource-policy', 'cross-origin');
  return sendEncoded(request, reply.type(type), bytes);
}

function notFound(reply: FastifyReply, message: string): FastifyReply {
  return sendRefusal(reply, { status: 404, code: 'NOT_FOUND', message });
}
