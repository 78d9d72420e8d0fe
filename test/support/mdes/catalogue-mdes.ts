/** A fake MDES whose catalogue a test can change: every requestor is enabled for every range that is asked for. */
import { setTimeout as sleep } from 'node:timers/promises';
import { makePng } from '../pictures.js';
import { type FakeMdes, json, type Reply, type SeenRequest, startFakeMdes } from './fake-mdes.js';

const PIXEL = makePng({ width: 1, height: 1 }).toString('base64');

export interface CatalogueMdes {
  readonly fake: FakeMdes;
  /** By id: the name that account holders see. */
  readonly names: Map<string, string>;
  /** Before each answer. */
  delayMs: number;
  /** Answers as this says instead, where it is set. */
  trouble: Reply | undefined;
  /** The ranges of each call since the last look. */
  calls(): string[][];
  assets(): string[];
  close(): Promise<void>;
}

export async function startCatalogueMdes(names: Readonly<Record<string, string>>): Promise<CatalogueMdes> {
  const fake = await startFakeMdes();
  let looked = 0;
  const seen = (): readonly SeenRequest[] => fake.requests.slice(looked);
  const mdes: CatalogueMdes = {
    fake,
    names: new Map(Object.entries(names)),
    delayMs: 0,
    trouble: undefined,
    calls() {
      const calls = seen().filter(({ method }) => method === 'POST');
      looked = fake.requests.length;
      return calls.map(({ body }) => rangesOf(body));
    },
    assets: () =>
      fake.requests
        .filter(({ method }) => method === 'GET')
        .map(({ path }) => path.slice(path.lastIndexOf('/') + 1)),
    close: () => fake.close(),
  };
  fake.answer(async (response, request) => {
    await sleep(mdes.delayMs);
    const reply = mdes.trouble ?? answer(mdes.names, request);
    await reply(response, request);
  });
  return mdes;
}

function answer(names: ReadonlyMap<string, string>, { method, body }: SeenRequest): Reply {
  if (method === 'GET') {
    return json(200, { mediaContents: [{ type: 'image/png', data: PIXEL, width: '1', height: '1' }] });
  }
  const enabledAccountRanges = rangesOf(body);
  const tokenRequestors = [...names].map(([tokenRequestorId, name]) => ({
    tokenRequestorId,
    name: `${name} Ltd`,
    consumerFacingEntityName: name,
    imageAssetId: `logo-of-${tokenRequestorId.slice(-3)}`,
    tokenRequestorType: 'WALLET',
    supportedPushMethods: ['WEB'],
    enabledAccountRanges,
  }));
  return json(200, { responseId: 'x', tokenRequestors });
}

function rangesOf(body: Buffer): string[] {
  return (JSON.parse(body.toString('utf8')) as { accountRanges: string[] }).accountRanges;
}

/** The environment of an issuer with so many account ranges. */
export function manyRanges(count: number): string {
  return Array.from({ length: count }, (_, index) => String(520000000 + index)).join(',');
}
