/** C5: the gateway starts, is used, reads its settings again and ends on each Node that can be had, without a warning. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runGateway } from '../../../support/processes.js';
import { LARK } from '../../../support/requestors.js';
import { atLeast, type Figure, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { postGraphQL } from '../../support/ask-graphql.js';
import { eventually } from '../../support/eventually.js';
import { demoToken } from '../../support/gateway/gateway-child.js';
import type { Scene } from '../../support/scene.js';

/** LTS, and what comes after; this process's own is tried too. */
const MAJORS = ['22', '24', '26'];
/** Of them, beside this process's own. */
const LEAST_OTHERS = 1;
const RELOADED_MS = 5000;
/** What stands beside is loaded as well: both databases, metrics, traces to a collector that is away. */
const SETTINGS = {
  ADMIN_PORT: '0',
  RATE_LIMITS: '1000/m per account-holder',
  PUSH_LIMITS: '100/h per account-holder',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
};
const operations = (key: string) => [
  '{ tokenRequestors { id name logo { svgUrl } } catalogue { stale } }',
  '{ fundingAccounts { id label eligibility { tokenRequestor { id } } } }',
  `mutation { pushCard(input: { idempotencyKey: "${key}", tokenRequestorId: "${LARK}", fundingAccountIds: ["card-1"] }) { ... on Push { id status } } }`,
  '{ pushes(first: 5) { nodes { id status } } }',
];

export const everyNode: Row = {
  id: 'C5',
  title: 'each Node that can be had starts, serves and ends without a warning',
  async run(scene) {
    const others = MAJORS.flatMap(nodeOf);
    const redis = await scene.redis();
    await scene.postgres();
    const figures: Figure[] = [atLeast('other Nodes', others.length, LEAST_OTHERS)];
    for (const node of [process.execPath, ...others]) {
      figures.push(
        ...(await used(node, { ...SETTINGS, ...scene.ledgerSettings, CACHE_URL: redis.url }, scene)),
      );
    }
    return figures;
  },
};

async function used(
  node: string,
  environment: Readonly<Record<string, string>>,
  scene: Scene,
): Promise<readonly Figure[]> {
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  const run = await runGateway(environment, [], node);
  scene.owns(async () => void run.child.kill('SIGKILL'));
  const caller = { url: run.url, token: await demoToken(run.url) };
  const failed: string[] = [];
  for (const query of operations(version)) {
    const { codes, text } = await postGraphQL(caller, query, {});
    if (codes.length > 0 || !text.includes('"data":{')) failed.push(text.slice(0, 200));
  }
  for (const path of ['/', '/readyz', '/graphql']) {
    const { status } = await fetch(run.url + path, { headers: { accept: 'text/html' } });
    if (status >= 500) failed.push(`${path}: ${status}`);
  }
  run.child.kill('SIGHUP');
  const reloadedMs = await eventually(() => /settings\./.test(run.stdout()), RELOADED_MS);
  if (reloadedMs > RELOADED_MS) failed.push('SIGHUP is not heard');
  run.child.kill('SIGTERM');
  const code = await run.ended();
  if (code !== 0) failed.push(`exit code ${code}`);
  return [
    noneOf(`${version}: failed`, failed),
    noneOf(
      'warnings',
      run
        .stderr()
        .split('\n')
        .filter((line) => /Warning|^\(/.test(line)),
    ),
  ];
}

/** None where the registry cannot be asked. */
function nodeOf(major: string): string[] {
  const { stdout, status } = spawnSync(process.execPath, ['scripts/another-node.mjs', major], {
    encoding: 'utf8',
  });
  return status === 0 ? [join(stdout.trim(), 'node')] : [];
}
