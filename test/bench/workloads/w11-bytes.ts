/** W11: what W1 weighs on the wire for clients that take br or gzip, and how fast it comes then. */
import { onTheWire } from '../support/load/requests.js';
import { compare, medianOf, ratio, seriesTable } from '../support/measure.js';
import { atLeast, atMost, type Workload } from '../workload.js';

const CODINGS = ['br', 'gzip'] as const;

export const bytesOnTheWire: Workload = {
  id: 'W11',
  title: 'the bytes on the wire of W1 for a client that takes br or gzip',
  patienceMs: 60_000,
  async run(bench) {
    const { gateway, catalogue } = await bench.home();
    const plain = await bench.load.prepare([onTheWire(catalogue)]);
    const coded = await Promise.all(
      CODINGS.map(async (coding) => {
        const headers = { ...catalogue.headers, 'accept-encoding': coding };
        return { name: coding, prepared: await bench.load.prepare([onTheWire({ ...catalogue, headers })]) };
      }),
    );
    const subjects = [{ name: 'plain', prepared: plain }, ...coded];
    const series = await compare(
      bench.load,
      subjects.map((subject) => ({ ...subject, server: gateway })),
    );
    const [first, ...others] = series;
    if (first === undefined) throw new RangeError('nothing was measured');
    const weight = (one: typeof first) => medianOf(one, ({ result }) => result.bytes / result.answers);
    return {
      goals: others.flatMap((one) => [
        atMost(`${one.name}: bytes, of plain`, weight(one) / weight(first), 0.15),
        atLeast(`${one.name}: × W1`, ratio(one, first), 0.9),
      ]),
      tables: [seriesTable('W11, requests', series)],
      notes: [],
    };
  },
};
