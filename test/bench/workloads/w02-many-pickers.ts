/** W2: many holders with pickers of many apps, against the one that is asked for again and again. */
import { holderName } from '../support/holders.js';
import { onTheWire } from '../support/load/requests.js';
import { compare, ratio, seriesTable } from '../support/measure.js';
import { HOLDERS, pickerMix } from '../support/picker-mix.js';
import { atLeast, missing, type Workload } from '../workload.js';

/** Of the 10,000 that documents and sets make, and the 50,000 of documents and holders, at random. */
const REQUESTS = 6000;
const WARM_SECONDS = 40;
const HOLDER_NAMES = Array.from({ length: HOLDERS }, (_, at) => holderName(at));

export const manyPickers: Workload = {
  id: 'W2',
  title: '1,000 tokens, 50 documents, 200 range sets, warm; a third of them pickers by account',
  patienceMs: 120_000,
  async run(bench) {
    const { gateway, catalogue, sets } = await bench.home();
    const tokens = await bench.signIn.tokens(HOLDER_NAMES);
    const hot = await bench.load.prepare([onTheWire(catalogue)]);
    const mixed = await bench.load.prepare(pickerMix(REQUESTS, tokens, sets), '"tokenRequestors"');
    // Each once, and again what was not kept the first time.
    const warm = {
      port: gateway.port,
      prepared: mixed,
      connections: 50,
      seconds: WARM_SECONDS,
      inTurn: true,
    };
    await bench.load.closed(warm);
    const series = await compare(bench.load, [
      { name: 'W2', server: gateway, prepared: mixed },
      { name: 'W1', server: gateway, prepared: hot },
    ]);
    const [ours, other] = series;
    const profiles = await bench.profileUnderLoad('W2', gateway, mixed);
    return {
      goals: [
        ours === undefined || other === undefined
          ? missing('× W1', 'not measured')
          : atLeast('× W1', ratio(ours, other), 0.5),
      ],
      tables: [seriesTable('W2, requests', series), ...profiles],
      notes: [`${REQUESTS.toLocaleString('en')} different requests, each drawn at random.`],
    };
  },
};
