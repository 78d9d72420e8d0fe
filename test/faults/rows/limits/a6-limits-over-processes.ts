/** A6: every limit, counted by two processes together; then with Redis gone, as the operator chose. */
import { randomUUID } from 'node:crypto';
import { startTokenIssuer, type TokenIssuer } from '../../../support/issuer/token-issuer.js';
import { LARK, PEBBLE } from '../../../support/requestors.js';
import { atLeast, atMost, exactly, type Figure } from '../../figure.js';
import type { Row } from '../../row.js';
import { postGraphQL } from '../../support/ask-graphql.js';
import { PUSH, pushInput } from '../../support/documents.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { atOnce } from '../../support/pushes/keyed-pushes.js';
import type { Scene } from '../../support/scene.js';

/** Each stage has room by all of them but one. */
const LIMITS = { account: 10, holder: 20, requestor: 30, client: 36, address: 39 };
const PUSH_LIMITS = `${LIMITS.account}/h per account, ${LIMITS.holder}/h per account-holder, ${LIMITS.requestor}/h per token-requestor, ${LIMITS.client}/h per client, ${LIMITS.address}/h per address`;
const REQUESTS = 400;
const ASKED = 40;
const AT_ONCE = 8;
/** What the row promises while Redis is there. */
const MORE = 1.05;

interface Asked {
  readonly holder: string;
  readonly client: string;
  readonly card: string;
  readonly requestor: string;
}

export const limitsOverProcesses: Row = {
  id: 'A6',
  title: `limits over 2 processes, each asked for more at both; then without Redis`,
  async run(scene) {
    const issuer = await startTokenIssuer();
    scene.owns(() => issuer.close());
    return [...(await pushes(scene, issuer)), ...(await requests(scene, issuer))];
  },
};

async function pushes(scene: Scene, issuer: TokenIssuer): Promise<Figure[]> {
  const redis = await scene.redis();
  const start = (more: Readonly<Record<string, string>>) =>
    scene.gateway({
      redisUrl: redis.url,
      ranges: scene.stage.knownRanges,
      environment: { ...issuer.environment, PUSH_LIMITS, ...more },
    });
  const two = [await start({}), await start({})];
  let sent = 0;
  const stage = async (name: keyof typeof LIMITS, asked: Asked): Promise<Figure[]> => {
    sent += (await flood(two, issuer, asked)).filter((end) => end === 'READY').length;
    return [
      atMost(`pushes through, per ${name}`, sent, LIMITS[name] * MORE),
      atLeast('not less', sent, LIMITS[name]),
    ];
  };
  const susan = { holder: 'susan', client: 'app', card: 'card-1', requestor: LARK };
  const amir = { ...susan, holder: 'amir', card: 'card-11' };
  const figures = [
    ...(await stage('account', susan)),
    ...(await stage('holder', { ...susan, card: 'card-2' })),
    ...(await stage('requestor', amir)),
    ...(await stage('client', { ...amir, card: 'card-12', requestor: PEBBLE })),
    ...(await stage('address', { ...amir, card: 'card-12', requestor: PEBBLE, client: 'web' })),
  ];
  const strict = [
    await start({ PUSH_LIMITS_WITHOUT_CACHE: 'refuse' }),
    await start({ PUSH_LIMITS_WITHOUT_CACHE: 'refuse' }),
  ];
  await redis.kill();
  // Each goes on from what it has let through itself.
  const alone = (await flood(two, issuer, susan)).filter((end) => end === 'READY').length;
  const refused = await flood(strict, issuer, susan);
  return [
    ...figures,
    atMost('Redis away, count-alone: pushes of a full account through', alone, LIMITS.account),
    exactly(
      'refuse: refused',
      refused.filter((end) => end === 'UPSTREAM_UNAVAILABLE').length,
      refused.length,
    ),
    ...aliveFigures([...two, ...strict]),
  ];
}

async function requests(scene: Scene, issuer: TokenIssuer): Promise<Figure[]> {
  const redis = await scene.redis();
  const environment = { ...issuer.environment, RATE_LIMITS: `${REQUESTS}/h per account-holder` };
  const wish = { redisUrl: redis.url, ranges: scene.stage.knownRanges, environment };
  const two = [await scene.gateway(wish), await scene.gateway(wish)];
  const token = await issuer.token('susan');
  const statuses: number[] = [];
  await atOnce(Array.from({ length: REQUESTS * 2 }), AT_ONCE, async () => {
    const gateway = two[statuses.length % 2];
    if (gateway === undefined) return;
    const { codes } = await postGraphQL({ url: gateway.url, token }, '{ __typename }', {});
    statuses.push(codes.length === 0 ? 200 : 429);
  });
  const through = statuses.filter((status) => status === 200).length;
  return [
    atMost('requests through', through, REQUESTS),
    atLeast('not less', through, REQUESTS * 0.95),
    ...aliveFigures(two),
  ];
}

/** The ends of pushes that are asked for at all of them. */
async function flood(
  gateways: readonly GatewayChild[],
  issuer: TokenIssuer,
  { holder, client, card, requestor }: Asked,
): Promise<string[]> {
  const token = await issuer.token(holder, 'bank-1', { client_id: client });
  const ends: string[] = [];
  let turn = 0;
  await atOnce(Array.from({ length: ASKED }), AT_ONCE, async () => {
    const gateway = gateways[turn++ % gateways.length];
    if (gateway === undefined) return;
    const input = {
      ...pushInput(randomUUID()),
      fundingAccountIds: [card],
      tokenRequestorId: requestor,
    };
    const { data, codes } = await postGraphQL({ url: gateway.url, token }, PUSH, { input });
    ends.push(data?.pushCard?.status ?? data?.pushCard?.code ?? codes.join());
  });
  return ends;
}
