/** C2: what metrics and traces cost on the hot catalogue, with and without them, side by side. */
import { answerOf, onTheWire } from '../support/load/requests.js';
import { seriesTable } from '../support/measure.js';
import { startBare } from '../support/servers/peers.js';
import { compareSettings, ratioOf, twinNote } from '../support/settings-compared.js';
import { atLeast, type Workload } from '../workload.js';

const WITHOUT = 'without';
const TWIN = 'without, its twin';
const BOTH = ['with metrics', 'with metrics and traces'] as const;
/** They may cost a tenth. */
const LEAST = 0.9;

export const telemetry: Workload = {
  id: 'C2',
  title: "metrics and traces on W1's catalogue: with and without them",
  patienceMs: 600_000,
  async run(bench) {
    const { environment, catalogue, gateway } = await bench.home();
    const file = bench.answerFile(await answerOf(gateway.port, catalogue));
    // It takes whatever spans it is sent.
    const collector = await startBare(bench.row, file);
    const metrics = { ...environment, ADMIN_PORT: '0' };
    const traces = { ...metrics, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.port}` };
    const settings = [
      { name: WITHOUT, environment },
      { name: TWIN, environment },
      { name: BOTH[0], environment: metrics },
      { name: BOTH[1], environment: traces },
    ];
    const series = await compareSettings(bench, settings, { request: onTheWire(catalogue) });
    return {
      goals: BOTH.map((name) => atLeast(`${name} × without`, ratioOf(series, name, WITHOUT), LEAST)),
      tables: [seriesTable('C2, requests', series)],
      notes: [twinNote(series, WITHOUT, TWIN)],
    };
  },
};
