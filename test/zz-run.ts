import { createCache } from '../src/catalogue/cache/create-cache.js';
import { createLogger } from '../src/observability/logger.js';
const rss = () => Math.round(process.memoryUsage().rss / 1048576);
const heap = () => { const m = process.memoryUsage(); return `${Math.round(m.heapUsed/1048576)}/${Math.round(m.heapTotal/1048576)}`; };
const cache = await createCache({ url: null, namespace: 't', logger: createLogger('silent') });
const style = process.argv[2]; const before = rss(); let peak = 0;
for (let i = 0; i < 1e6; i++) { cache.setMany([{ key: `${style}-${i}`, value: { storedAt: i, tokenRequestors: [{ id: 'x' + i, list: ['WEB'] }] }, ttlMs: 1e7 }]);
  if (i % 1000 === 0) { peak = Math.max(peak, rss()); if (style === 'turns') await new Promise((r) => setTimeout(r, 0)); }
  if (i % 200000 === 0) console.log(i, rss(), heap()); }
await new Promise((r) => setTimeout(r, 1000)); console.log(style, before, peak, 'growth', peak - before, 'after', rss(), heap());
await cache.close();
