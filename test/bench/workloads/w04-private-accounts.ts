/** W4: a holder's accounts, each with its requestors, which nobody may keep. */

import { firstLine } from '../support/first-line.js';
import { answerOf, documentNamed, graphqlAsk, onTheWire, requireSameData } from '../support/load/requests.js';
import { compare, type Subject, seriesTable } from '../support/measure.js';
import { ROOT } from '../support/root.js';
import type { Workload } from '../workload.js';
import { goalAgainst } from './w01-hot-catalogue.js';

export const privateAccounts: Workload = {
  id: 'W4',
  title: 'fundingAccounts with eligible requestors, warm catalogue, card store answering at once',
  patienceMs: 90_000,
  async run(bench) {
    const { gateway, token, peerData } = await bench.home();
    const ask = graphqlAsk({ query: documentNamed(ROOT, 'FundingAccounts'), token });
    const prepared = await bench.load.prepare([onTheWire(ask)], '"fundingAccounts"');
    const answer = await answerOf(gateway.port, ask);
    const notes = [`Four accounts, ${answer.bytes.length} bytes.`];
    const subjects: Subject[] = [{ name: 'this gateway', server: gateway, prepared }];
    try {
      const server = await bench.peers().start(bench.row, 'typegraphql', peerData);
      requireSameData(answer.bytes, (await answerOf(server.port, ask)).bytes, server.name);
      subjects.push({ name: server.name, server, prepared });
    } catch (error) {
      notes.push(`Apollo + TypeGraphQL is not measured: ${firstLine(error)}`);
    }
    const series = await compare(bench.load, subjects);
    const [ours] = series;
    const profiles = await bench.profileUnderLoad('W4', gateway, prepared);
    return {
      goals: [goalAgainst(ours, series, 'Apollo 5 + TypeGraphQL', 1.5)],
      tables: [seriesTable('W4, requests', series), ...profiles],
      notes,
    };
  },
};
