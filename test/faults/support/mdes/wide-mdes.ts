/** A fake MDES with a catalogue as large as a row wants it: which requestors a range has depends on its number alone. */
import { type FakeMdes, startFakeMdes, text } from '../../../support/mdes/fake-mdes.js';

export interface WideCatalogue {
  readonly requestors: number;
  /** 1: every requestor is enabled for every range; 2: for about half of them, by another half for each range. */
  readonly every: number;
  /** A call that names one of these is refused, whatever else it names. */
  readonly refused: ReadonlySet<string>;
}

export interface WideMdes {
  readonly fake: FakeMdes;
  /** Of answers so far. */
  readonly bytes: () => number;
}

export async function startWideMdes(catalogue: WideCatalogue): Promise<WideMdes> {
  const fake = await startFakeMdes();
  let bytes = 0;
  fake.answer((response, request) => {
    const asked = (JSON.parse(request.body.toString('utf8') || '{}') as { accountRanges?: string[] })
      .accountRanges;
    const { status, value } = asked === undefined ? { status: 404, value: {} } : answer(asked, catalogue);
    const body = JSON.stringify(value);
    bytes += body.length;
    const reply = text(status, body, { 'content-type': 'application/json' });
    return reply(response, request);
  });
  return { fake, bytes: () => bytes };
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

function answer(asked: readonly string[], { requestors, every, refused }: WideCatalogue): Answer {
  if (asked.some((range) => refused.has(range))) {
    const errors = [{ source: 'MDES', reasonCode: 'INVALID_FIELD_VALUE', description: 'no' }];
    return { status: 400, value: { errors } };
  }
  const tokenRequestors = Array.from({ length: requestors }, (_, number) => ({
    ...says(number),
    enabledAccountRanges: asked.filter((range) => isEnabled(number, range, every)),
  })).filter(({ enabledAccountRanges }) => enabledAccountRanges.length > 0);
  return { status: 200, value: { responseId: 'x', tokenRequestors } };
}

/** By bits of a hash, so that no two ranges have the same half. */
function isEnabled(number: number, range: string, every: number): boolean {
  let hash = number + 1;
  for (const digit of range.slice(0, 9)) hash = Math.imul(hash ^ Number(digit), 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 15)) >>> 3) % every === 0;
}

function says(number: number): Readonly<Record<string, unknown>> {
  const digits = String(number).padStart(6, '0');
  return {
    tokenRequestorId: `50190${digits}`,
    name: `Requestor of the wide catalogue ${digits} Limited`,
    consumerFacingEntityName: `Shop ${digits}`,
    tokenRequestorType: number % 3 === 0 ? 'WALLET' : 'MERCHANT',
    walletId: '101',
    supportedPushMethods: ['ANDROID', 'IOS', 'WEB'],
    supportsMultiplePushedCards: number % 2 === 0,
    supportedAccountHolderData: ['NAME', 'ADDRESS'],
    supportsCardHolderAuthentication: false,
    supportIssuerInitiatedDigitizationData: number % 5 === 0,
  };
}
