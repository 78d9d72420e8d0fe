/** M4: MDES answers with what is no answer. */
import { atMost, exactly, type Figure, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import type { Asked } from '../../support/ask-graphql.js';
import { CARD_RANGE, canonical, PUSH, pushInput, READ } from '../../support/documents.js';
import { eventually } from '../../support/eventually.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { drip, flood, gzipBomb, jwsOverOthers, only, respond } from '../../support/mdes/behaviours.js';
import { type Behaviour, pass } from '../../support/mdes/exchange.js';
import type { Scene } from '../../support/scene.js';

const DEADLINE_MS = 3000;
const RSS_GROWTH_MB = 50;
const RECOVERED_MS = 5000;
const LOGOS = 'query ($ranges: [AccountRange!]) { tokenRequestors(accountRanges: $ranges) { imageAssetId } }';
const LOGO = 'query ($id: ID!) { asset(id: $id) { mediaContents { data } } }';

export const answersThatAreNone: Row = {
  id: 'M4',
  title: 'MDES answers with what is no answer',
  async run(scene) {
    const { proxy, oracle } = scene.stage;
    const redis = await scene.redis();
    const gateway = await scene.gateway({ redisUrl: redis.url });
    const logos = await logosOf(gateway);
    const ranges = scene.stage.knownRanges.filter((range) => range !== CARD_RANGE);
    const start = await gateway.vitals();
    const answers: Asked[] = [];
    const cached: string[] = [];
    let wrong = 0;
    let mostMb = 0;
    for (const [name, behaviour] of Object.entries(behaviours(proxy.url))) {
      const [range = '', id = ''] = [ranges.shift(), logos.shift()];
      proxy.behave(behaviour);
      answers.push(
        ...(await Promise.all([gateway.graphql(READ, { ranges: [range] }), gateway.graphql(LOGO, { id })])),
      );
      mostMb = Math.max(mostMb, (await gateway.vitals()).rssMb - start.rssMb);
      proxy.behave(pass);
      const keys = await redis.command('KEYS', '*');
      if (keys.includes(range) || keys.includes(id)) cached.push(name);
      await eventually(
        async () => (await gateway.graphql(READ, { ranges: [range] })).codes.length === 0,
        RECOVERED_MS,
      );
      const { data } = await gateway.graphql(READ, { ranges: [range] });
      if (canonical(data?.tokenRequestors ?? []) !== oracle[range]) wrong += 1;
    }
    return [
      noneOf(
        `of ${answers.length} answers not UPSTREAM_UNAVAILABLE`,
        answers.map(({ codes }) => codes.join()).filter((code) => code !== 'UPSTREAM_UNAVAILABLE'),
      ),
      atMost('slowest', Math.max(...answers.map(({ ms }) => ms)), DEADLINE_MS, 'ms'),
      noneOf('cache entries written', cached),
      none('wrong once MDES is well', wrong),
      none('redirects followed', proxy.calls('other').length),
      atMost('RSS growth', mostMb, RSS_GROWTH_MB, 'MB'),
      ...(await signatureFigures(scene, gateway)),
      ...aliveFigures([gateway]),
    ];
  },
};

function behaviours(proxyUrl: string): Readonly<Record<string, Behaviour>> {
  const page = '<!doctype html><title>Maintenance</title><h1>Back soon</h1>';
  return {
    'malformed JSON': respond(200, '{"responseId":"4f2c","tokenRequestors":[{"tokenReq'),
    'HTML 200': respond(200, page, { 'content-type': 'text/html' }),
    'wrong schema': respond(200, '{"responseId":"4f2c","tokenRequestors":"none","mediaContents":7}'),
    '100 MB': flood,
    'a byte per 100 ms': drip,
    'gzip bomb': gzipBomb(),
    redirect: respond(302, '', { location: `${proxyUrl}/followed` }),
  };
}

async function logosOf(gateway: GatewayChild): Promise<string[]> {
  const { data } = await gateway.graphql(LOGOS, { ranges: [CARD_RANGE] });
  const requestors: readonly { readonly imageAssetId: string | null }[] = data.tokenRequestors;
  return requestors.flatMap(({ imageAssetId }) => imageAssetId ?? []);
}

/** A push was carried out, but what came back cannot be trusted: nobody knows, and nothing is handed off. */
async function signatureFigures({ stage: { proxy } }: Scene, gateway: GatewayChild): Promise<Figure[]> {
  proxy.behave(only(['pushMultipleAccounts'], jwsOverOthers));
  const { data, text } = await gateway.graphql(PUSH, { input: pushInput('signature-over-others') });
  proxy.behave(pass);
  return [
    exactly('push with a JWS over other receipts', String(data?.pushCard?.status ?? text), 'UNKNOWN'),
    exactly('sent', proxy.calls('pushMultipleAccounts').length, 1),
  ];
}
