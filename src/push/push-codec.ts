/** A push as the ledger keeps it: what may be read in the open, and what is sealed apart from it. */
import { z } from 'zod';
import { parseAccountRange } from '../domain/account-range.js';
import { Secret } from '../domain/secret.js';
import { PLATFORMS } from '../domain/token-requestor.js';
import { OUTCOME_CERTAINTIES, PUSH_OUTCOMES } from './outcome.js';
import type { Push, PushPhase, PushSecrets } from './push.js';
import type { PushKeys } from './push-keys.js';
import { REFUSAL_CODES, type Refusal, refusal } from './refusal.js';

/** Raise it when the form changes: a push of another form cannot be read, and is never sent again. */
const FORM = 1;

const storedRefusal = z
  .object({
    code: z.string(),
    retryable: z.boolean(),
    reasonCode: z.string().nullable(),
    fundingAccountIds: z.array(z.string()),
  })
  .transform(({ code, retryable, reasonCode, fundingAccountIds }): Refusal => {
    // A code of a newer release: its words are not known here.
    const known = REFUSAL_CODES.find((one) => one === code) ?? 'REFUSED_BY_MDES';
    const rebuilt = refusal(known, fundingAccountIds, reasonCode);
    return { ...rebuilt, retryable: rebuilt.retryable && retryable };
  });

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

const accountRange = z.string().transform((text, context) => {
  const range = parseAccountRange(text);
  if (range !== undefined) return range;
  context.addIssue({ code: 'custom', message: 'not an account range' });
  return z.NEVER;
});

const openPush = z.object({
  form: z.literal(FORM),
  id: z.string(),
  owner: z.string(),
  tokenRequestorId: z.string(),
  accounts: z.array(z.object({ fundingAccountId: z.string(), lastFour: z.string() })),
  accountRanges: z.array(accountRange),
  platform: z.enum(PLATFORMS).nullable(),
  sealedCallbackUrl: z.string().nullable(),
  createdAt: z.number(),
  expiresAt: z.number(),
  phase: storedPhase,
  phaseSince: z.number(),
  handedOff: z.object({ platform: z.enum(PLATFORMS), at: z.number() }).nullable(),
  outcomes: z.array(
    z
      .object({
        outcome: z.enum(PUSH_OUTCOMES),
        certainty: z.enum(OUTCOME_CERTAINTIES),
        at: z.number(),
      })
      .nullable(),
  ),
});

const sealedSecrets = z.object({
  accounts: z.array(z.object({ receipt: z.string(), digitizationData: z.string().nullable() }).nullable()),
  handOffs: z.array(
    z.object({ platform: z.enum(PLATFORMS), url: z.string(), fundingAccountId: z.string().nullable() }),
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
    const sealedCallbackUrl =
      callbackUrl === null ? null : this.#keys.seal(callbackUrl, `${push.id} callback`);
    return JSON.stringify({ form: FORM, ...rest, sealedCallbackUrl, phase: withoutWords(phase) });
  }

  sealed(push: Push, secrets: PushSecrets): string {
    const clear = {
      accounts: secrets.accounts.map(
        (account) =>
          account && {
            receipt: account.receipt.reveal(),
            digitizationData: account.digitizationData?.reveal() ?? null,
          },
      ),
      handOffs: secrets.handOffs.map((handOff) => ({ ...handOff, url: handOff.url.reveal() })),
    };
    return this.#keys.seal(JSON.stringify(clear), `${push.id} secrets`);
  }

  /** undefined when it is no push; without secrets when they are gone or cannot be opened. */
  read(open: unknown, sealed: unknown): Push | undefined {
    const parsed = openPush.safeParse(parseJson(open));
    if (!parsed.success) return undefined;
    const { form: _, sealedCallbackUrl, ...push } = parsed.data;
    const callbackUrl =
      sealedCallbackUrl === null ? null : this.#keys.open(sealedCallbackUrl, `${push.id} callback`);
    return { ...push, callbackUrl: callbackUrl ?? null, secrets: this.#secrets(push.id, sealed) };
  }

  #secrets(pushId: string, sealed: unknown): PushSecrets | null {
    if (typeof sealed !== 'string') return null;
    const parsed = sealedSecrets.safeParse(parseJson(this.#keys.open(sealed, `${pushId} secrets`)));
    if (!parsed.success) return null;
    return {
      accounts: parsed.data.accounts.map(
        (account) =>
          account && {
            receipt: new Secret(account.receipt),
            digitizationData: account.digitizationData === null ? null : new Secret(account.digitizationData),
          },
      ),
      handOffs: parsed.data.handOffs.map((handOff) => ({ ...handOff, url: new Secret(handOff.url) })),
    };
  }
}

/** A refusal's words follow from its code, whichever release reads it. */
function withoutWords(phase: PushPhase): object {
  const strip = ({ message: _, ...rest }: Refusal) => rest;
  if (phase.kind === 'REFUSED') return { ...phase, refusal: strip(phase.refusal) };
  if (phase.kind !== 'ANSWERED') return phase;
  const results = phase.results.map((result) =>
    result.kind === 'REFUSED' ? { ...result, refusal: strip(result.refusal) } : result,
  );
  return { ...phase, results };
}

function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
