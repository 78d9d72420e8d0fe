/** `npm run doctor`: what is wrong with the way to MDES is named rightly; fault row F2 holds all that it may find. */
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectionFault } from '../../src/doctor/connection-fault.js';
import { doctorCommand } from '../../src/doctor/doctor-command.js';
import { BROKEN_MDES } from '../support/doctor/broken-mdes.js';
import { type DoctorWorld, startDoctorWorld } from '../support/doctor/doctor-world.js';
import { misdiagnosis } from '../support/doctor/set-up.js';

let world: DoctorWorld;
beforeAll(async () => {
  world = await startDoctorWorld();
});
afterAll(() => world.close());

describe('the doctor', () => {
  it.each(BROKEN_MDES)('says what is wrong with $name', async (one) => {
    expect(await misdiagnosis(one, world)).toBeNull();
  });

  it('looks at all of a set-up that is right, pushes nothing, and ends with 0', async () => {
    world.reset();
    const token = await world.signIn.token('susan');
    const before = await pushes();
    const { environment } = world;
    const { code, said } = await doctorCommand(['--token-file', '-'], Readable.from([`${token}\n`]), {
      environment,
    });
    expect({ code, last: said.split('\n').at(-1) }).toEqual({ code: 0, last: 'Nothing is wrong.' });
    expect(said).toMatch(/MDES has opened an envelope.*\n.*key set.*\n.*access token +It is taken/);
    expect(said).not.toContain(token);
    expect((await pushes()).filter((one) => !before.includes(one))).toEqual([]);
  });

  it('ends with 1 when something is wrong, and says it for scripts, too', async () => {
    world.reset();
    const environment = { ...world.environment, MDES_ENCRYPTION_FINGERPRINT: 'ab'.repeat(20) };
    const { code, said } = await doctorCommand(['--json'], Readable.from([]), { environment });
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({ well: false });
    expect(JSON.parse(said).findings).toContainEqual(
      expect.objectContaining({ subject: 'envelope', verdict: 'FAULT', code: 'FINGERPRINT_DIFFERS' }),
    );
  });

  it('says what trusts an authority of the bank, and once that nothing else was looked at', async () => {
    expect(connectionFault('SELF_SIGNED_CERT_IN_CHAIN', 'CARD_VAULT_URL').mend).toContain(
      'An authority of your own is named in CARD_VAULT_TLS_CA.',
    );
    expect(connectionFault('SELF_SIGNED_CERT_IN_CHAIN', 'PUBLIC_URL').mend).toContain(
      'signed by an authority that they know',
    );
    const { said } = await doctorCommand([], Readable.from([]), { environment: { NODE_ENV: 'production' } });
    expect(said.match(/Nothing else was looked at/g)).toHaveLength(1);
  });

  it('says where the rules of production were not asked for', async () => {
    world.reset();
    const about = 'for that set NODE_ENV=production';
    const { environment } = world;
    const lax = await doctorCommand([], Readable.from([]), { environment });
    expect(lax).toEqual({ code: 0, said: expect.stringContaining(about) });
    const strict = await doctorCommand([], Readable.from([]), {
      environment: {
        ...environment,
        NODE_ENV: 'production',
        ISSUER_ID: 'own',
        LEDGER_URL: 'memory:',
        STEP_UP: 'off',
      },
    });
    expect(strict).toEqual({ code: 0, said: expect.not.stringContaining(about) });
  });

  it('takes no token as an argument', async () => {
    const { code, said } = await doctorCommand(['eyJ.token'], Readable.from([]), { environment: {} });
    expect({ code, said }).toEqual({ code: 64, said: expect.stringMatching(/^Usage: npm run doctor/) });
  });
});

/** Receipts that were given out. */
async function pushes(): Promise<string[]> {
  const answer = await fetch(`${world.mdes.simulator.url}/simulator/pushes`);
  return (await answer.text()).match(/[A-Z]{3}-STL-[0-9A-F-]+/g) ?? [];
}
