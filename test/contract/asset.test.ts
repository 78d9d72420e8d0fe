/** getAsset: a logo, or the certainty that there is none. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MdesIdentity } from '../../src/config/mdes-identity.js';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { BrokenAsset } from '../../src/mdes/mdes-error.js';
import { type FakeMdes, json, resetBeforeHeaders, startFakeMdes, text } from '../support/mdes/fake-mdes.js';
import { caught, everythingOf, makeTestKeys, recordingLogger } from '../support/mdes/mdes-fixtures.js';
import { makePng, makeSvg, mediaContent, pngChunk } from '../support/pictures.js';

const ID = '554dbc44-496a-4896-b41c-dd431e25d5e4';
const PNG = mediaContent('image/png', makePng({ width: 192, height: 191 }));
const SVG = mediaContent(
  'image/svg+xml',
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>'),
);
const SCRIPT = 'alert-k7Qz9';
const ACTIVE = mediaContent('image/svg+xml', makeSvg(`<script>${SCRIPT}</script>`));

const log = recordingLogger();
let mdes: FakeMdes;
let identity: MdesIdentity;
let client: MdesClient;

beforeAll(async () => {
  mdes = await startFakeMdes();
  identity = makeTestKeys().identity(mdes.baseUrl);
});

afterAll(() => mdes.close());

// One for each test: it remembers failures.
beforeEach(() => {
  client = createMdesClient(log, identity);
});

afterEach(() => client.close());

const wrapper = (reasonCode: string) => ({ responseId: '1', errors: [{ source: 'INPUT', reasonCode }] });

describe('getAsset', () => {
  it('reads each form of the picture, and its size from the picture itself', async () => {
    mdes.answer(json(200, { mediaContents: [{ ...PNG, height: '20', width: 'wide' }, SVG] }));
    expect(await client.getAsset(ID)).toEqual({
      id: ID,
      mediaContents: [
        { ...PNG, width: 192, height: 191 },
        { ...SVG, width: null, height: null },
      ],
    });
    const request = mdes.requests.at(-1);
    expect(request?.method).toBe('GET');
    expect(request?.path).toBe(`/mdes/issuer-assets/1/0/asset/tokenrequestor/${ID}`);
    expect(request?.headers['content-type']).toBeUndefined();
    expect(request?.headers.authorization).toContain('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  it.each([
    [404, 'ASSET_NOT_FOUND'],
    [404, 'INVALID_FIELD_VALUE'],
    [400, 'INVALID_FIELD_FORMAT'],
  ])('is null when MDES says %d with %s', async (status, reasonCode) => {
    mdes.answer(json(status, wrapper(reasonCode)));
    expect(await client.getAsset(ID)).toBeNull();
  });

  it.each(['../secrets', '', 'a/b', 'x'.repeat(65)])('is null for the id %j without a call', async (id) => {
    const before = mdes.requests.length;
    expect(await client.getAsset(id)).toBeNull();
    expect(mdes.requests).toHaveLength(before);
  });

  it.each([
    ['a 404 that is not of MDES', text(404, '<html>no such page</html>'), 'UNAVAILABLE'],
    ['a 400 about something else', json(400, wrapper('AUTHORIZATION_FAILED')), 'REFUSED'],
    ['no list of pictures', json(200, { mediaContents: null }), 'UNAVAILABLE'],
    ['more than 2 MB', json(200, { mediaContents: [SVG], more: 'x'.repeat(2 ** 21) }), 'UNAVAILABLE'],
    ['no answer', resetBeforeHeaders, 'UNAVAILABLE'],
  ])('fails over %s', async (_, reply, kind) => {
    mdes.answer(reply);
    const error = await caught(client.getAsset(ID));
    expect(error.kind).toBe(kind);
    expect(error).not.toBeInstanceOf(BrokenAsset);
  });

  it('gives an SVG in its clean form', async () => {
    const asDrawn =
      '<?xml version="1.0"?><!DOCTYPE svg><!-- x --><svg xmlns="http://www.w3.org/2000/svg"> <path class="a" d="M0 0h9v9z"/></svg>';
    mdes.answer(json(200, { mediaContents: [mediaContent('image/svg+xml', Buffer.from(asDrawn))] }));
    expect((await client.getAsset(ID))?.mediaContents).toEqual([{ ...SVG, width: null, height: null }]);
  });

  const LARGEST = makePng({}, pngChunk('paDd', Buffer.alloc(511 * 1024)));
  it('takes pictures of up to 512 kB, as MDES gave them', async () => {
    const large = mediaContent('image/png', LARGEST);
    mdes.answer(json(200, { mediaContents: [large, SVG] }));
    expect((await client.getAsset(ID))?.mediaContents[0]?.data).toBe(large.data);
  });

  it.each([
    ['an active SVG', ACTIVE, 'image/svg+xml with an element that is not of a picture'],
    ['a damaged PNG', mediaContent('image/png', LARGEST.subarray(0, 999)), 'image/png that is cut off'],
    [
      'a page that is called a PNG',
      mediaContent('image/png', Buffer.from('<html>')),
      'without its signature',
    ],
    ['a PDF', mediaContent('application/pdf', Buffer.from('%PDF-1.7')), 'a type that is not served'],
    ['a page', mediaContent('text/html', Buffer.from('<script>')), 'a type that is not served'],
    ['data that is not base64', { ...PNG, data: '<svg/>' }, 'a form without type or data'],
    ['no data', { type: 'image/png' }, 'a form without type or data'],
    ['nothing', null, 'a form without type or data'],
  ])('leaves out %s, says why in the log, and is broken without another picture', async (_, content, why) => {
    log.lines.length = 0;
    mdes.answer(json(200, { mediaContents: [content, SVG] }));
    const asset = await client.getAsset(ID);
    expect(asset?.mediaContents.map(({ type }) => type)).toEqual(['image/svg+xml']);
    const line = log.lines.map((text) => JSON.parse(text)).find(({ omitted }) => omitted !== undefined);
    expect(line).toMatchObject({ level: 'warn', assetId: ID, omitted: [expect.stringContaining(why)] });

    mdes.answer(json(200, { mediaContents: [content] }));
    const error = await caught(client.getAsset(ID));
    expect(error).toBeInstanceOf(BrokenAsset);
    expect(error.kind).toBe('UNAVAILABLE');
    expect(log.lines.join('') + everythingOf(error)).not.toContain(SCRIPT);
  });

  it('is broken when there is no picture at all', async () => {
    mdes.answer(json(200, { mediaContents: [] }));
    expect(await caught(client.getAsset(ID))).toBeInstanceOf(BrokenAsset);
  });

  it('looks at the first eight forms: no answer costs more', async () => {
    mdes.answer(json(200, { mediaContents: [...Array(8).fill(ACTIVE), SVG] }));
    expect(await caught(client.getAsset(ID))).toBeInstanceOf(BrokenAsset);
  });
});
