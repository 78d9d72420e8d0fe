/** A set-up as the doctor finds it, and whether it says of it what is wrong, nothing else, and no secret. */
import { examine } from '../../../src/doctor/examine.js';
import { Secret } from '../../../src/domain/secret.js';
import type { DoctorWorld } from './doctor-world.js';

export interface SetUp {
  readonly environment: Readonly<Record<string, string>>;
  readonly token?: string;
  /** How far this machine's clock is ahead, in milliseconds. */
  readonly aheadMs?: number;
}

export interface Case {
  readonly name: string;
  /** The codes of all that the doctor must call wrong, or worth minding; none for a set-up that is right. */
  readonly codes: readonly string[];
  /** What it must say, too. */
  readonly says?: RegExp;
  make(world: DoctorWorld): SetUp | Promise<SetUp>;
}

/** null: diagnosed rightly. */
export async function misdiagnosis({ codes, says, make }: Case, world: DoctorWorld): Promise<string | null> {
  world.reset();
  const { environment, token, aheadMs = 0 } = await make(world);
  const findings = await examine({
    environment,
    token: token === undefined ? null : new Secret(token),
    clock: { now: () => Date.now() + aheadMs },
  });
  const wrong = findings.filter(({ verdict }) => verdict === 'FAULT' || verdict === 'WARNING');
  const told = wrong
    .map(({ code }) => code)
    .sort()
    .join();
  const words = wrong.map(({ says, mend }) => `${says} ${mend}`).join('\n');
  const leaked = secretsOf(environment, token).filter((secret) => JSON.stringify(findings).includes(secret));
  if (told !== [...codes].sort().join()) return `says ${told || 'nothing'}: ${words}`;
  if (says !== undefined && !says.test(words)) return `does not say ${says}: ${words}`;
  return leaked.length === 0 ? null : `shows a secret`;
}

function secretsOf(environment: Readonly<Record<string, string>>, token = ''): string[] {
  const named = ['MDES_CONSUMER_KEY', 'MDES_SIGNING_KEY_PASSWORD', 'CARD_VAULT_TOKEN', 'LEDGER_KEYS'];
  const urls = ['CACHE_URL', 'LEDGER_URL'].map((name) => environment[name] ?? '');
  const passwords = urls.flatMap((url) => /:([^:@/]+)@/.exec(url)?.[1] ?? []);
  const keyLines = (environment['MDES_SIGNING_KEY'] ?? '').split('\n').slice(1, 2);
  const values = named.map((name) => environment[name] ?? '');
  return [...values, ...passwords, ...keyLines, token].filter((value) => value.length > 5);
}
