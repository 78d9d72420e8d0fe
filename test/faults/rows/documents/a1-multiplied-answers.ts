/** A1: documents whose answers are multiplied by aliases and fragments: refused by their cost, or small and cheap. */
import { startSizedIssuer } from '../../../support/issuer/sized-issuer.js';
import { atMost, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { type CostlyDocument, costlyDocuments } from '../../support/documents.js';
import type { GatewayChild } from '../../support/gateway/gateway-child.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const AT_ONCE = 20;
const ANSWER_BYTES = 2 * 1024 * 1024;
const CPU_MS = 100;
const RSS_GROWTH_MB = 50;
/** The dearest that are not refused, for those of so many accounts. */
const ALLOWED: readonly string[] = [
  '{fundingAccounts(ids:["susan-1","susan-2","susan-3","susan-4","susan-5","susan-6","susan-7","susan-8","susan-9","susan-10"]){eligibility{tokenRequestor{id name consumerFacingEntityName} status maximumAccounts refusal{code message accountHolderText}}}}',
  '{a:tokenRequestors{...r} b:tokenRequestors{...r} c:tokenRequestors{...r} d:tokenRequestors{...r}} fragment r on TokenRequestor{id name consumerFacingEntityName type logo{svgUrl pngUrl}}',
  '{tokenRequestors(filter:{name:"Requestor 7"}){logo{mediaContents{data}}}}',
];

export const multipliedAnswers: Row = {
  id: 'A1',
  title: 'answers multiplied by aliases and fragments, 500 accounts',
  async run(scene) {
    const issuer = await startSizedIssuer({
      ...{ ranges: 40, requestors: 100, susan: 500, amir: 10 },
      logoBytes: 105_000,
    });
    scene.owns(() => issuer.close());
    const gateway = await scene.gateway({ environment: issuer.environment });
    const documents: readonly CostlyDocument[] = [
      ...costlyDocuments(),
      ...ALLOWED.map((query) => ({ query })),
    ];
    // What is compiled or cached once is no growth.
    for (let round = 0; round < 3; round++) {
      for (const { query, variables } of documents) await gateway.graphql(query, variables);
    }
    issuer.calls();
    const before = await gateway.vitals();
    let bytes = 0;
    let cpuMs = 0;
    const codes: string[] = [];
    for (const { query, variables } of documents) {
      const [answer, spent] = await gateway.cpuOf(() => gateway.graphql(query, variables));
      bytes = Math.max(bytes, answer.text.length);
      cpuMs = Math.max(cpuMs, spent);
      codes.push(...answer.codes);
    }
    const { cardStore } = issuer.calls();
    for (const { query, variables } of documents) await together(gateway, query, variables);
    const after = await gateway.vitals();
    return [
      atMost('largest answer', bytes, ANSWER_BYTES, 'bytes'),
      atMost('CPU of the dearest', cpuMs, CPU_MS, 'ms'),
      noneOf(
        'errors but refusals',
        codes.filter((code) => code !== 'BAD_USER_INPUT'),
      ),
      none('documents of the corpus that were not refused', costlyDocuments().length - codes.length),
      atMost('calls to the card store for data', cardStore.data, 2),
      atMost(`RSS growth with ${AT_ONCE} of each at once`, after.rssMb - before.rssMb, RSS_GROWTH_MB, 'MB'),
      ...aliveFigures([gateway]),
    ];
  },
};

async function together(
  gateway: GatewayChild,
  query: string,
  variables?: Readonly<Record<string, unknown>>,
): Promise<void> {
  await Promise.all(Array.from({ length: AT_ONCE }, () => gateway.graphql(query, variables)));
}
