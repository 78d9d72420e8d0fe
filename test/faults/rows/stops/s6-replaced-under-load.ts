/** S6: signing key, certificate and the password of the ledger's database are replaced under load, while the gateway runs; then a key that is broken. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresServer } from '../../../support/postgres-server.js';
import { runGateway } from '../../../support/processes.js';
import { atLeast, atMost, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { eventually } from '../../support/eventually.js';
import { demoToken } from '../../support/gateway/gateway-child.js';
import { type LoadPlan, now, type Sample } from '../../support/load/load-plan.js';
import { between, count, errorsOf, pushesOf } from '../../support/load/samples.js';
import { trustedKey } from '../../support/mdes/trusted-key.js';
import { arrivals, KEYED, pushWithKey } from '../../support/pushes/keyed-pushes.js';

const PER_SECOND = 100;
/** Until then what has just started is slow enough for one holder's pushes to be too many at once. */
const WARM_UP_MS = 6000;
const NOTICED_MS = 10_000;
/** More at once than the ledger has connections ready. */
const BURST = 10;
const LEAST_PUSHES = 100;

export const replacedUnderLoad: Row = {
  id: 'S6',
  title: 'key, certificate and database password replaced under load',
  async run(scene) {
    const { stage } = scene;
    const folder = mkdtempSync(join(tmpdir(), 'replaced-'));
    scene.owns(async () => rmSync(folder, { recursive: true }));
    const file = (name: string) => join(folder, name);
    /** As secret stores do it: never half of it. */
    const put = (name: string, text: string) => {
      writeFileSync(file('next'), text);
      renameSync(file('next'), file(name));
    };
    const postgres = await scene.postgres();
    const urlWith = await withPassword(postgres);
    const certificate = readFileSync(stage.environment['MDES_ENCRYPTION_CERTIFICATE_FILE'] ?? '', 'utf8');
    put('key', readFileSync(stage.environment['MDES_SIGNING_KEY_FILE'] ?? '', 'utf8'));
    put('certificate', certificate);
    put('ledger', urlWith('one'));
    const { LEDGER_URL: _, ...ledger } = scene.ledgerSettings;
    const run = await runGateway({
      ...stage.environment,
      ...KEYED,
      ...ledger,
      LEDGER_URL_FILE: file('ledger'),
      MDES_SIGNING_KEY_FILE: file('key'),
      MDES_ENCRYPTION_CERTIFICATE_FILE: file('certificate'),
      MDES_ENCRYPTION_FINGERPRINT: fingerprintOf(certificate),
      MDES_ACCOUNT_RANGES: stage.knownRanges.join(','),
    });
    scene.owns(async () => void run.child.kill('SIGKILL'));
    const target = { url: run.url, token: await demoToken(run.url) };
    const load = scene.child('load-process');
    const { knownRanges: cached, oracle } = stage;
    const plan = { targets: [target], perSecond: PER_SECOND, cached, cold: [], pushes: true, oracle };
    await load.ask('start', plan satisfies LoadPlan);
    await sleep(WARM_UP_MS);
    const warmAt = now();
    const others: string[] = [];
    const waits: number[] = [];
    let bursts = 0;
    const burst = async () => {
      bursts += 1;
      const pushes = Array.from({ length: BURST }, (_, at) => pushWithKey(target, `s6-${bursts}-${at}`));
      others.push(...(await Promise.all(pushes)).map(({ end }) => end).filter((end) => end !== 'READY'));
    };
    const noticed = async (event: string, name: string) => {
      const line = new RegExp(`"event":"settings.${event}"[^\\n]*${name}`, 'g');
      const before = run.stdout().match(line)?.length ?? 0;
      return async () => {
        await burst();
        waits.push(await eventually(() => (run.stdout().match(line)?.length ?? 0) > before, NOTICED_MS));
        await burst();
      };
    };
    const alter = (password: string) => postgres.query(`alter role gateway password '${password}'`);

    await burst();
    let told = await noticed('reloaded', 'MDES_SIGNING_KEY');
    put('key', await trustedKey(stage.simulator.url));
    await told();
    told = await noticed('reloaded', 'MDES_ENCRYPTION_CERTIFICATE');
    put('certificate', renewed(folder, certificate));
    await told();
    told = await noticed('reloaded', 'LEDGER_URL');
    await alter('two');
    await burst();
    put('ledger', urlWith('two'));
    await told();
    told = await noticed('reloaded', 'LEDGER_URL');
    put('ledger', urlWith('three'));
    await told();
    await alter('three');
    await burst();
    told = await noticed('not-reloaded', 'MDES_SIGNING_KEY');
    put('key', '-----BEGIN PRIVATE KEY-----\nbroken\n-----END PRIVATE KEY-----\n');
    await told();
    const samples = between(await load.ask<Sample[]>('stop'), warmAt);
    await load.kill();
    run.child.kill('SIGTERM');
    const code = await run.ended();
    const pushes = pushesOf(samples);
    const sent = arrivals(stage);
    return [
      atLeast('pushes', pushes.length + bursts * BURST, LEAST_PUSHES),
      noneOf(
        'failed',
        [...others, ...pushes.map(({ push, outcome }) => push?.status ?? outcome)].filter(
          (end) => end !== 'READY',
        ),
      ),
      none('not sent once', pushes.filter(({ push }) => sent(push?.key ?? '') !== 1).length),
      none('lost', count(samples, 'drop')),
      noneOf('errors', errorsOf(samples)),
      atMost('taken over, or refused, after', Math.max(...waits), NOTICED_MS, 'ms'),
      exactly('exit code', String(code), '0'),
    ];
  },
};

/** Gives the ledger's URL with a password; at first it is `one`. */
async function withPassword(postgres: PostgresServer): Promise<(password: string) => string> {
  await postgres.query("create role gateway login password 'one'");
  await postgres.query('grant usage, create on schema public to gateway');
  const hba = join(postgres.data, 'pg_hba.conf');
  writeFileSync(hba, `host all gateway 127.0.0.1/32 scram-sha-256\n${readFileSync(hba, 'utf8')}`);
  await postgres.query('select pg_reload_conf()');
  return (password) => {
    const url = new URL(postgres.url);
    url.username = 'gateway';
    url.password = password;
    return url.href;
  };
}

function fingerprintOf(certificate: string): string {
  const said = openssl(['x509', '-noout', '-fingerprint', '-sha256'], certificate);
  return said.trim();
}

/** Another certificate of the same key, as an authority gives one. */
function renewed(folder: string, certificate: string): string {
  const [key, ca, caKey] = ['public.pem', 'ca.pem', 'ca.key'].map((name) => join(folder, name));
  writeFileSync(String(key), openssl(['x509', '-noout', '-pubkey'], certificate));
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=authority'];
  openssl(['req', ...made, '-keyout', String(caKey), '-out', String(ca)]);
  const of = ['-force_pubkey', String(key), '-subj', '/CN=renewed', '-days', '90'];
  return openssl(['x509', '-new', ...of, '-CA', String(ca), '-CAkey', String(caKey)]);
}

function openssl(args: readonly string[], input = ''): string {
  return execFileSync('openssl', args, { input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
}
