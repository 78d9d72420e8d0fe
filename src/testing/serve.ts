/** The process of `createTestGateway()`: a gateway on a free port, with a clock that its tests set. */
import { readConfig } from '../config/config.js';
import type { FromGateway, ToGateway } from './messages.js';

const [, , settings = '{}'] = process.argv;
let aheadMs = 0;
const now = () => Date.now() + aheadMs;

const starting = start();
// Said to whoever asks, which may be later.
starting.catch(() => undefined);
// One after the other: the last answer is always that of the last question.
process.on('message', (question: ToGateway) => void answer(question));
// The tests have closed it, or ended in whatever way.
process.on('disconnect', () => void end());

async function start() {
  const config = await readConfig({ PORT: '0', LOG_LEVEL: 'error', ...JSON.parse(settings) });
  // Loaded only now: whoever has to mend a setting is told at once.
  const { createGateway } = await import('../gateway.js');
  return createGateway(config, { clock: { now } });
}

async function answer(question: ToGateway): Promise<void> {
  try {
    const { url, embedded } = await starting;
    const simulatorUrl = embedded?.mdes?.baseUrl ?? '';
    if (question.kind === 'CLOCK') aheadMs = question.aheadMs;
    say({ url, simulatorUrl, error: '' });
  } catch (error) {
    say({
      url: '',
      simulatorUrl: '',
      error: error instanceof Error ? error.message : String(error),
    });
  }
}

function say(message: FromGateway): void {
  process.send?.(message);
}

async function end(): Promise<void> {
  try {
    await (await starting).close();
  } finally {
    process.exit(0);
  }
}
