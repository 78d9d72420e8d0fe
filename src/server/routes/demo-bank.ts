/** Serves the demo bank at `/`, as the build bundled it. Exists with embedded parts only. */
import type { FastifyInstance } from 'fastify';
import { EncodedBytes } from '../pipeline/encoded-bytes.js';
import { type BundleFile, readBundle, sendBundleFile } from './bundle.js';

const BUNDLE = new URL('../../../dist/demo/', import.meta.url);
const PAGE = 'index.html';
/** Where a wallet leads back to, inside of the page's phone. */
const WAY_BACK = 'back.html';
/** Stands in the page where it learns the simulator's address. */
const SIMULATOR_PLACE = '{{simulator}}';

export interface DemoBankOptions {
  /** Where the simulator that stands in for MDES is reached. */
  readonly simulatorUrl: string;
  /** The URL that clients see: logos and card art come from there. */
  readonly publicUrl: () => string;
}

export function registerDemoBank(app: FastifyInstance, options: DemoBankOptions): void {
  const files = readBundle(BUNDLE);
  const page = files.find(({ name }) => name === PAGE);
  if (page === undefined) {
    app.get('/', (_request, reply) =>
      reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The demo bank is not built. Run: npm run build\n'),
    );
    return;
  }
  const told = tellSimulator(page, options.simulatorUrl);
  app.get('/', (request, reply) => sendBundleFile(told, contentSecurityPolicy(options), request, reply));
  for (const file of files.filter((one) => one !== page)) {
    const path = file.name === WAY_BACK ? '/demo/back' : `/demo/${file.name}`;
    const policy = file.name === WAY_BACK ? WAY_BACK_POLICY : FILE_POLICY;
    app.get(path, (request, reply) => sendBundleFile(file, policy, request, reply));
  }
}

function tellSimulator({ name, content }: BundleFile, simulatorUrl: string): BundleFile {
  const text = content()
    .plain.toString('utf8')
    .replace(SIMULATOR_PLACE, () => `${simulatorUrl}/`);
  const told = new EncodedBytes(Buffer.from(text));
  return { name, content: () => told };
}

/** Nothing comes from elsewhere, but for the simulator: its log is read, and its wallets' pages are shown in a frame. */
function contentSecurityPolicy({ simulatorUrl, publicUrl }: DemoBankOptions): string {
  const [simulator, gateway] = [new URL(simulatorUrl).origin, new URL(publicUrl()).origin];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: ${gateway}`,
    `connect-src 'self' ${simulator}`,
    `frame-src 'self' ${gateway} ${simulator}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const WAY_BACK_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
