/** getAsset: a logo, or the certainty that there is none. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createMdesClient } from '../../src/mdes/create-mdes-client.js';
import type { MdesClient } from '../../src/mdes/mdes-client.js';
import { type FakeMdes, json, startFakeMdes, text } from '../support/fake-mdes.js';
import { caught, makeTestKeys, recordingLogger } from '../support/mdes-fixtures.js';

const ID = '554dbc44-496a-4896-b41c-dd431e25d5e4';
const SVG = { type: 'image/svg+xml', data: Buffer.from('<svg/>').toString('base64') };

let mdes: FakeMdes;
let client: MdesClient;

beforeAll(async () => {
  mdes = await startFakeMdes();
  client = createMdesClient(makeTestKeys().identity(mdes.baseUrl), { logger: recordingLogger().logger });
});

afterAll(async () => {
  await client.close();
  await mdes.close();
});

const wrapper = (reasonCode: string) => ({ responseId: '1', errors: [{ source: 'INPUT', reasonCode }] });

describe('getAsset', () => {
  it('reads each form of the picture, with its size as a number', async () => {
    const png = { type: 'image/png', data: 'iVBORw0KGgo=', height: '192', width: '192' };
    mdes.answer(json(200, { mediaContents: [png, SVG] }));
    expect(await client.getAsset(ID)).toEqual({
      id: ID,
      mediaContents: [
        { type: 'image/png', data: 'iVBORw0KGgo=', height: 192, width: 192 },
        { ...SVG, height: null, width: null },
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
    ['no picture at all', json(200, { mediaContents: [] }), 'UNAVAILABLE'],
    ['data that is not base64', json(200, { mediaContents: [{ ...SVG, data: '<svg/>' }] }), 'UNAVAILABLE'],
    ['a size that is none', json(200, { mediaContents: [{ ...SVG, width: 'wide' }] }), 'UNAVAILABLE'],
  ])('fails over %s', async (_, reply, kind) => {
    mdes.answer(reply);
    expect((await caught(client.getAsset(ID))).kind).toBe(kind);
  });

  it('takes logos of up to 2 MB', async () => {
    const data = Buffer.alloc(1_200_000, 7).toString('base64');
    mdes.answer(json(200, { mediaContents: [{ ...SVG, data }] }));
    expect((await client.getAsset(ID))?.mediaContents[0]?.data).toHaveLength(1_600_000);
    mdes.answer(json(200, { mediaContents: [{ ...SVG, data: data + data }] }));
    expect((await caught(client.getAsset(ID))).kind).toBe('UNAVAILABLE');
  });
});
