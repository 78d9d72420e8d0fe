/** E1: Debian's Prometheus scrapes a gateway with Redis and PostgreSQL, and answers each query of the dashboard and the alerts. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PostgresServer } from '../../support/postgres-server.js';
import { freePort, RedisServer } from '../../support/redis-server.js';
import { LARK } from '../../support/requestors.js';
import { exactly, type Figure, noneOf } from '../figure.js';
import { NotRun, type Row } from '../row.js';
import { eventually } from '../support/eventually.js';

const ALERTS = 'deploy/prometheus/alerts.yaml';
const DASHBOARD = 'deploy/grafana/dashboard.json';
/** With the embedded simulator there is no certificate that ends. */
const EMPTY_HERE = ['Certificate ends in'];

const dashboard = z.object({
  panels: z.array(
    z.object({
      title: z.string(),
      targets: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});
const rules = z.object({ groups: z.array(z.object({ rules: z.array(z.object({ expr: z.string() })) })) });
const answer = z.object({ status: z.string(), data: z.object({ result: z.array(z.unknown()) }).optional() });

export const seenByPrometheus: Row = {
  id: 'E1',
  title: 'a Prometheus scrapes the gateway, and answers each query of dashboard and alerts',
  async run() {
    for (const tool of ['prometheus', 'promtool']) {
      if (spawnSync(tool, ['--version']).error !== undefined)
        throw new NotRun(`${tool} is missing: apt-get install prometheus`);
    }
    const [postgres, redis] = [await PostgresServer.start(), await RedisServer.start()];
    const gateway = await startTestGateway({
      ADMIN_PORT: '0',
      CATALOGUE_WARM: 'on',
      RATE_LIMITS: '60/m per account-holder',
      CACHE_URL: redis.url,
      LEDGER_URL: postgres.url,
      LEDGER_KEYS: Buffer.alloc(32, 7).toString('base64'),
    });
    try {
      return await figuresOf(gateway);
    } finally {
      await gateway.close();
      await Promise.all([postgres.stop(), redis.stop()]);
    }
  },
};

async function figuresOf(gateway: TestGateway): Promise<Figure[]> {
  const { adminUrl } = gateway.gateway;
  // Counters that stand still have no rate.
  const usedFor = async () => use(gateway);
  await usedFor();
  const text = await (await fetch(`${adminUrl}/metrics`)).text();
  const lint = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  const checked = await promisify(execFile)('promtool', ['check', 'rules', ALERTS]).then(
    () => 'clean',
    (error: unknown) => String(error),
  );
  const home = mkdtempSync(join(tmpdir(), 'prometheus-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  const config = {
    global: { scrape_interval: '1s' },
    rule_files: [join(process.cwd(), ALERTS)],
    scrape_configs: [
      { job_name: 'gateway', static_configs: [{ targets: [new URL(String(adminUrl)).host] }] },
    ],
  };
  // YAML takes JSON.
  writeFileSync(join(home, 'prometheus.yml'), JSON.stringify(config));
  const prometheus = spawn(
    'prometheus',
    [
      `--config.file=${home}/prometheus.yml`,
      `--storage.tsdb.path=${home}/data`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    { stdio: 'ignore' },
  );
  try {
    await eventually(async () => (await ask(url, 'token_connect_ready')) === 'answered', 20_000);
    for (const _ of [1, 2, 3]) {
      await usedFor();
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
    const { panels } = dashboard.parse(JSON.parse(readFileSync(DASHBOARD, 'utf8')));
    const queries = panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ title, expr: filledIn(expr) })),
    );
    const notAnswered: string[] = [];
    for (const { title, expr } of queries) {
      const said = await ask(url, expr);
      if (said !== (EMPTY_HERE.includes(title) ? 'empty' : 'answered')) notAnswered.push(`${title}: ${said}`);
    }
    const alerts = rules.parse(parse(readFileSync(ALERTS, 'utf8'))).groups.flatMap((group) => group.rules);
    const broken: string[] = [];
    for (const { expr } of alerts) if ((await ask(url, expr)) === 'refused') broken.push(expr);
    return [
      exactly('promtool check metrics', lint.status === 0 ? 'clean' : lint.stdout + lint.stderr, 'clean'),
      exactly('promtool check rules', checked, 'clean'),
      noneOf(`of ${queries.length} queries of the dashboard not answered`, notAnswered),
      noneOf(`of ${alerts.length} alerts not answered`, broken),
    ];
  } finally {
    prometheus.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

/** As Grafana does it. */
function filledIn(expr: string): string {
  return expr.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*');
}

async function ask(url: string, query: string): Promise<'answered' | 'empty' | 'refused'> {
  const found = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query })}`).then(
    async (it) => answer.parse(await it.json()),
    () => undefined,
  );
  if (found?.status !== 'success') return 'refused';
  return found.data?.result.length === 0 ? 'empty' : 'answered';
}

let used = 0;

/** Something of everything that is counted. */
async function use(gateway: TestGateway): Promise<void> {
  used += 1;
  const key = `seen-${used}`;
  for (const _ of [1, 2, 3]) await gateway.graphql('{ tokenRequestors { id logo { svgUrl } } }');
  await gateway.graphql('{ tokenRequestors { id } }', {}, { token: 'none' });
  await gateway.graphql('{ pushes(first: 999) { edges { cursor } } }');
  const push = async (account: string, suffix: string) =>
    gateway.graphql(
      `mutation { pushCard(input: { idempotencyKey: "${key}${suffix}", tokenRequestorId: "${LARK}", fundingAccountIds: ["${account}"] }) { ... on Push { id } } }`,
    );
  const { data } = await push('card-1', '');
  await push('card-1', '');
  await push('card-none', '-none');
  await gateway.graphql(
    `mutation { recordOutcome(pushId: "${data.pushCard.id}", outcomes: [{ fundingAccountId: "card-1", outcome: APPROVED }]) { id } }`,
  );
  const amir = await gateway.token('amir');
  for (const _ of Array.from({ length: 70 })) await gateway.graphql('{ __typename }', {}, { token: amir });
}
