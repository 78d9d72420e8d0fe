/** getAsset: logos as MDES hands them out. */
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { createCatalogue } from '../../src/simulator/catalogue/catalogue.js';
import { simulatorForTests } from '../support/simulator/simulator-fixture.js';
import { type Answer, ASSET, at, requestErrors, send } from '../support/simulator/simulator-requests.js';

const simulator = simulatorForTests();
const getAsset = (id: string): Promise<Answer> => send(simulator(), `${ASSET}/${id}`);

describe('an asset', () => {
  it('is an SVG without a size and a PNG of 192 by 192 with alpha', async () => {
    const { status, json } = await getAsset('0b6f3c1e-52a4-4d0e-9f61-7a1c3e5d9001');
    expect(status).toBe(200);
    const data = expect.any(String);
    expect(json).toEqual({
      mediaContents: [
        { type: 'image/svg+xml', data },
        { type: 'image/png', data, height: '192', width: '192' },
      ],
    });
    const png = sharp(Buffer.from(String(at(json, 'mediaContents', 1, 'data')), 'base64'));
    expect(await png.metadata()).toMatchObject({ format: 'png', width: 192, height: 192, hasAlpha: true });
  });

  it('never changes', async () => {
    const id = '1c7e4d2f-63b5-4e1f-8a72-8b2d4f6e0101';
    expect((await getAsset(id)).text).toBe((await getAsset(id)).text);
  });

  it('is there for every requestor: square, without scripts and links, a real picture', async () => {
    for (const { imageAssetId } of createCatalogue().requestors) {
      const { json } = await getAsset(imageAssetId);
      const svg = Buffer.from(String(at(json, 'mediaContents', 0, 'data')), 'base64').toString();
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 192 192">/);
      expect(svg).not.toMatch(/script|href|on\w+=|style|<text/i);
      const png = Buffer.from(String(at(json, 'mediaContents', 1, 'data')), 'base64');
      const { channels } = await sharp(png).stats();
      expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(20);
    }
  });
});

describe('an asset id', () => {
  it.each([
    [
      'unknown',
      '00000000-0000-4000-8000-000000000000',
      404,
      'INVALID_FIELD_VALUE Invalid Field Value - AssetId',
    ],
    ['malformed', 'lark', 400, 'INVALID_FIELD_FORMAT Invalid Field Format - AssetId'],
    ['malformed by encoding', '%zz', 400, 'INVALID_FIELD_FORMAT Invalid Field Format - AssetId'],
    ['too long', 'a'.repeat(65), 400, 'INVALID_FIELD_LENGTH Invalid Field Length - AssetId'],
  ])('that is %s gets an error wrapper', async (_, id, status, expected) => {
    const answer = await getAsset(id);
    expect(answer.status).toBe(status);
    expect(requestErrors(answer)).toEqual([expected]);
  });
});
