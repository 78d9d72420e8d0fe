/** What stands around a gateway, in one process: an MDES, a card store, and an upstream for peers that want one. */
import { answerParent } from '../../../faults/support/child.js';
import { type Answerer, JSON_TYPE, listen } from './answerer.js';
import { cardStoreStub } from './card-store-stub.js';
import { type MdesStub, mdesStub } from './mdes-stub.js';
import type { WorldPlace, WorldPlan } from './world-plan.js';

const FOR_A_DAY = { ...JSON_TYPE, 'cache-control': 'public, max-age=86400' };
const served = new Map<string, string>();
let mdes: MdesStub | undefined;

answerParent({
  async start(plan: WorldPlan): Promise<WorldPlace> {
    mdes = mdesStub(plan);
    const [mdesUrl, cardStoreUrl, upstreamUrl] = await Promise.all(
      [mdes.answer, cardStoreStub(plan), upstream].map(listen),
    );
    return { mdesUrl: `${mdesUrl}/mdes`, cardStoreUrl: `${cardStoreUrl}/v1`, upstreamUrl: upstreamUrl ?? '' };
  },
  pushes: () => mdes?.pushes() ?? 0,
  serve: ({ path, value }: { readonly path: string; readonly value: unknown }) =>
    void served.set(path, JSON.stringify(value)),
});

const upstream: Answerer = (request, response) => {
  const body = served.get(request.url ?? '');
  if (body === undefined) response.writeHead(404).end();
  else response.writeHead(200, FOR_A_DAY).end(body);
};
