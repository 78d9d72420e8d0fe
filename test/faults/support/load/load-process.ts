/** Open-loop load from a process of its own: a request is late from when it was meant to be sent, not from when it was. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { answerParent } from '../child.js';
import { CARD_RANGE, PUSH, READ } from '../documents.js';
import { keyedInput } from '../pushes/keyed-pushes.js';
import { judge } from './judge.js';
import { type Burst, type LoadPlan, now, type RequestClass, type Sample } from './load-plan.js';

/** 70% cached reads, 25% cold reads, 5% pushes. */
const MIX: readonly RequestClass[] = Array.from({ length: 20 }, (_, slot) => {
  if (slot === 10) return 'push';
  return slot % 4 === 1 ? 'cold' : 'cached';
});
/** More than ever wait for an answer at once: a queue of our own would be taken for the gateway's. */
const CONNECTIONS = 1000;
const underWay: Promise<Sample>[] = [];
let timer: NodeJS.Timeout | undefined;

answerParent({
  start(plan: LoadPlan): void {
    const pools = plan.targets.map(
      ({ url }) => new Pool(url, { connections: CONNECTIONS, headersTimeout: 30_000 }),
    );
    const startedAt = now();
    let sent = 0;
    timer = setInterval(() => {
      for (; startedAt + (sent * 1000) / plan.perSecond <= now(); sent += 1) {
        underWay.push(send(plan, pools, sent, startedAt + (sent * 1000) / plan.perSecond));
      }
    }, 1);
  },
  stop(): Promise<Sample[]> {
    clearInterval(timer);
    return Promise.all(underWay);
  },
  burst({ targets, range, count, oracle }: Burst): Promise<Sample[]> {
    const pools = targets.map(({ url }) => new Pool(url, { connections: count }));
    const at = now();
    return Promise.all(
      Array.from({ length: count }, (_, index) => {
        const turn = index % targets.length;
        return read(pools[turn], targets[turn]?.token, 'cold', range, at, oracle);
      }),
    );
  },
});

function send(plan: LoadPlan, pools: readonly Pool[], index: number, at: number): Promise<Sample> {
  const kind = MIX[index % MIX.length];
  const round = Math.floor(index / MIX.length);
  const pool = pools[index % pools.length];
  const token = plan.targets[index % pools.length]?.token;
  if (kind === 'push' && plan.pushes) {
    const second = round % 2 === 1 ? plan.secondPusher : undefined;
    return push(pool, second?.token ?? token, at, second?.fundingAccountId);
  }
  // 5 cold reads a round.
  const cold = kind === 'cold' ? plan.cold[round * 5 + Math.floor((index % MIX.length) / 4)] : undefined;
  const cached = plan.cached[index % plan.cached.length] ?? CARD_RANGE;
  return read(pool, token, cold === undefined ? 'cached' : 'cold', cold ?? cached, at, plan.oracle);
}

async function read(
  pool: Pool | undefined,
  token: string | undefined,
  kind: RequestClass,
  range: string,
  at: number,
  oracle: LoadPlan['oracle'],
): Promise<Sample> {
  const text = await post(pool, token, READ, { ranges: [range] });
  const outcome = judge(text, ({ tokenRequestors }) => tokenRequestors, oracle[range] ?? '[]');
  return { class: kind, at, ms: now() - at, outcome: outcome.kind, range };
}

async function push(
  pool: Pool | undefined,
  token: string | undefined,
  at: number,
  fundingAccountId?: string,
): Promise<Sample> {
  const key = randomUUID();
  const account = fundingAccountId === undefined ? {} : { fundingAccountIds: [fundingAccountId] };
  const text = await post(pool, token, PUSH, { input: { ...keyedInput(key), ...account } });
  const { kind, data } = judge(text, () => undefined);
  return { class: 'push', at, ms: now() - at, outcome: kind, push: { key, ...data?.pushCard } };
}

/** null: no answer. */
async function post(
  pool: Pool | undefined,
  token: string | undefined,
  query: string,
  variables: object,
): Promise<string | null> {
  try {
    const answer = await pool?.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    return (await answer?.body.text()) ?? null;
  } catch {
    return null;
  }
}
