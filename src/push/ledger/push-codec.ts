/** A push as the ledger keeps it: what may be read in the open, and what is sealed apart from it. */
import { z } from 'zod';
import { accountRangeForm } from '../../domain/account-range.js';
import { Secret } from '../../domain/secret.js';
import { PLATFORMS } from '../../domain/token-requestor.js';
import type { Push, PushPhase, PushSecrets } from '../push.js';
import { REFUSAL_CODES, type Refusal, refuse } from '../refusals/refusal.js';
import { OUTCOME_CERTAINTIES, WALLET_OUTCOMES } from '../wallet-outcome.js';
import type { PushKeys } from './push-keys.js';

/** Without its words: those are the reader's. A refusal is kept only where its key is settled; else it is released. */
const storedRefusal = z
  .object({
    // A code of a newer release.
    code: z.enum(REFUSAL_CODES).catch('REFUSED_BY_MDES'),
    reasonCode: z.string().nullable(),
    fundingAccountIds: z.array(z.string()),
  })
  .transform(
    ({ code, reasonCode, fundingAccountIds }): Refusal => ({
      ...refuse(code, fundingAccountIds, reasonCode),
      retryable: false,
    }),
  );

const storedPhase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('RESERVED') }),
  z.object({ kind: z.literal('SENT') }),
  z.object({ kind: z.literal('UNKNOWN') }),
  z.object({ kind: z.literal('REFUSED'), refusal: storedRefusal }),
  z.object({
    kind: z.literal('ANSWERED'),
    results: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('PUSHED'), receiptHash: z.string() }),
        z.object({ kind: z.literal('REFUSED'), refusal: storedRefusal }),
      ]),
    ),
  }),
]);

const storedOutcome = z.object({
  outcome: z.enum(WALLET_OUTCOMES),
  certainty: z.enum(OUTCOME_CERTAINTIES),
  at: z.number(),
});

const openPush = z.object({
  id: z.string(),
  owner: z.string(),
  tokenRequestorId: z.string(),
  accounts: z.array(z.object({ fundingAccountId: z.string(), lastFour: z.string() })),
  accountRanges: z.array(accountRangeForm),
  platform: z.enum(PLATFORMS).nullable(),
  sealedCallbackUrl: z.string().nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
  phase: storedPhase,
  phaseSince: z.number(),
  handedOff: z.object({ platform: z.enum(PLATFORMS), at: z.number() }).nullable(),
  outcomes: z.array(storedOutcome.nullable()),
});

const secret = z.string().transform((text) => new Secret(text));

const sealedSecrets = z.object({
  accounts: z.array(z.object({ receipt: secret, digitizationData: secret.nullable() }).nullable()),
  handOffs: z.array(
    z.object({ platform: z.enum(PLATFORMS), url: secret, fundingAccountId: z.string().nullable() }),
  ),
});

export class PushCodec {
  readonly #keys: PushKeys;

  constructor(keys: PushKeys) {
    this.#keys = keys;
  }

  /** JSON that tells nothing of worth. The callback URL may hold a session of the issuer's: it is sealed in it. */
  open(push: Push): string {
    const { secrets: _, callbackUrl, phase, ...rest } = push;
    const sealedCallbackUrl = callbackUrl === null ? null : this.#keys.seal(callbackUrl, callbackOf(push.id));
    return JSON.stringify({ ...rest, sealedCallbackUrl, phase: withoutWords(phase) });
  }

  sealed(pushId: string, { accounts, handOffs }: PushSecrets): string {
    const clear: z.input<typeof sealedSecrets> = {
      accounts: accounts.map(
        (account) =>
          account && {
            receipt: account.receipt.reveal(),
            digitizationData: account.digitizationData?.reveal() ?? null,
          },
      ),
      handOffs: handOffs.map((handOff) => ({ ...handOff, url: handOff.url.reveal() })),
    };
    return this.#keys.seal(JSON.stringify(clear), secretsOf(pushId));
  }

  /** undefined when it is no push of this id; without secrets when they are gone or cannot be opened. */
  read(pushId: string, open: string, sealed: string | null): Push | undefined {
    const { data } = openPush.safeParse(parseJson(open));
    if (data === undefined || data.id !== pushId || !isWhole(data)) return undefined;
    const { sealedCallbackUrl, ...push } = data;
    const callbackUrl = sealedCallbackUrl && this.#keys.open(sealedCallbackUrl, callbackOf(pushId));
    return { ...push, callbackUrl: callbackUrl ?? null, secrets: this.#secrets(push, sealed) };
  }

  #secrets({ id, accounts }: Pick<Push, 'id' | 'accounts'>, sealed: string | null): PushSecrets | null {
    const clear = sealed === null ? undefined : this.#keys.open(sealed, secretsOf(id));
    const { data } = sealedSecrets.safeParse(parseJson(clear ?? ''));
    return data?.accounts.length === accounts.length ? data : null;
  }
}

/** What is told per account is told of every account. */
function isWhole({ accounts, outcomes, phase }: z.output<typeof openPush>): boolean {
  const results = phase.kind === 'ANSWERED' ? phase.results : accounts;
  return accounts.length > 0 && outcomes.length === accounts.length && results.length === accounts.length;
}

function withoutWords(phase: PushPhase): z.input<typeof storedPhase> {
  const strip = ({ code, reasonCode, fundingAccountIds }: Refusal) => ({
    code,
    reasonCode,
    fundingAccountIds: [...fundingAccountIds],
  });
  if (phase.kind === 'REFUSED') return { kind: phase.kind, refusal: strip(phase.refusal) };
  if (phase.kind !== 'ANSWERED') return phase;
  const results = phase.results.map((result) =>
    result.kind === 'REFUSED' ? { kind: result.kind, refusal: strip(result.refusal) } : result,
  );
  return { kind: phase.kind, results };
}

/** What is sealed as one of them opens nowhere as the other. */
function secretsOf(pushId: string): string {
  return `${pushId} secrets`;
}

function callbackOf(pushId: string): string {
  return `${pushId} callback`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
