/** A push as a row holds it: sealed, and bound to whose row it is. */
import { z } from 'zod';
import { Secret } from '../../../domain/secret.js';
import { PLATFORMS } from '../../../domain/token-requestor.js';
import { type AccountSecrets, asOf, type NewPush, type Push, type PushPhase } from '../../push.js';
import { REFUSAL_CODES, type Refusal, refuse } from '../../refusals/refusal.js';
import { OUTCOME_CERTAINTIES, WALLET_OUTCOMES } from '../../wallet-outcome.js';
import type { LedgerKey, LedgerKeys } from '../ledger-keys.js';

/** Raised when what is sealed changes its form; rows of another format are refused, not guessed at. */
export const ROW_FORMAT = 1;

/** What the columns of a push say in the open. */
export const pushColumns = z.object({
  id: z.string(),
  owner: z.string(),
  key_id: z.string(),
  format: z.number(),
  phase: z.enum(['SENT', 'ENDED']),
  revision: z.number(),
  created_at: z.number().transform(Math.round),
  expires_at: z.number().transform(Math.round),
  read_at: z.number().transform(Math.round),
  content: z.instanceof(Buffer),
  secrets: z.instanceof(Buffer).nullable(),
});
export type PushColumns = z.output<typeof pushColumns>;

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
  z.object({ kind: z.literal('SENT') }),
  z.object({ kind: z.literal('ANSWERED') }),
  z.object({ kind: z.literal('UNKNOWN') }),
  z.object({ kind: z.literal('REFUSED'), refusal: storedRefusal }),
]);

const storedAccount = z.object({
  fundingAccountId: z.string(),
  lastFour: z.string(),
  result: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('PUSHED'), receiptHash: z.string() }),
      z.object({ kind: z.literal('REFUSED'), refusal: storedRefusal }),
    ])
    .nullable(),
  outcome: z
    .object({ outcome: z.enum(WALLET_OUTCOMES), certainty: z.enum(OUTCOME_CERTAINTIES), at: z.number() })
    .nullable(),
});

const storedContent = z.object({
  tokenRequestorId: z.string(),
  accounts: z.array(storedAccount).min(1),
  platform: z.enum(PLATFORMS).nullable(),
  returnUrl: z.string().nullable(),
  phase: storedPhase,
  handedOff: z.object({ platform: z.enum(PLATFORMS), at: z.number() }).nullable(),
  // Rows of earlier releases have none.
  evidence: z
    .object({ acr: z.string().nullable(), authTime: z.number().nullable(), client: z.string().nullable() })
    .nullable()
    .default(null),
});

const secret = z.string().transform((text) => new Secret(text));

const storedSecrets = z.object({
  /** By the account's id. */
  accounts: z.record(z.string(), z.object({ receipt: secret, digitizationData: secret.nullable() })),
  handOffs: z.array(
    z.object({ platform: z.enum(PLATFORMS), url: secret, fundingAccountId: z.string().nullable() }),
  ),
});

type Sealable = Pick<Push, 'accounts' | 'phase' | 'handedOff'> &
  Pick<NewPush, 'tokenRequestorId' | 'platform' | 'returnUrl' | 'evidence'>;

/** Whose row it is: what is sealed for one opens in no other. */
interface RowIdentity {
  readonly issuer: string;
  readonly id: string;
  readonly owner: string;
}

export function sealContent(key: LedgerKey, identity: RowIdentity, push: Sealable): Buffer {
  const clear: z.input<typeof storedContent> = {
    tokenRequestorId: push.tokenRequestorId,
    accounts: push.accounts.map(({ fundingAccountId, lastFour, result, outcome }) => ({
      fundingAccountId,
      lastFour,
      result:
        result?.kind === 'PUSHED'
          ? { kind: result.kind, receiptHash: result.receiptHash }
          : result && { kind: result.kind, refusal: withoutWords(result.refusal) },
      outcome: outcome && { ...outcome },
    })),
    platform: push.platform,
    returnUrl: push.returnUrl,
    phase: phaseWithoutWords(push.phase),
    handedOff: push.handedOff && { ...push.handedOff },
    evidence: push.evidence && { ...push.evidence },
  };
  return key.seal(JSON.stringify(clear), contextOf('content', identity, key));
}

/** null when the push has none. */
export function sealSecrets(
  key: LedgerKey,
  identity: RowIdentity,
  { accounts, handOffs }: Pick<Push, 'accounts' | 'handOffs'>,
): Buffer | null {
  const pushed = accounts.flatMap(({ fundingAccountId, result }) =>
    result?.kind === 'PUSHED' && result.secrets !== null
      ? [[fundingAccountId, revealed(result.secrets)] as const]
      : [],
  );
  if (pushed.length === 0 && handOffs.length === 0) return null;
  const clear: z.input<typeof storedSecrets> = {
    accounts: Object.fromEntries(pushed),
    handOffs: handOffs.map((handOff) => ({ ...handOff, url: handOff.url.reveal() })),
  };
  return key.seal(JSON.stringify(clear), contextOf('secrets', identity, key));
}

/** undefined when it cannot be read: sealed by a key that we lack, for another row, or in another format. */
export function readRow(keys: LedgerKeys, issuer: string, row: PushColumns): Push | undefined {
  const key = keys.byId(row.key_id);
  if (key === undefined || row.format !== ROW_FORMAT) return undefined;
  const identity = { issuer, id: row.id, owner: row.owner };
  const clear = key.open(row.content, contextOf('content', identity, key));
  const content = storedContent.safeParse(parseJson(clear)).data;
  if (content === undefined || (content.phase.kind === 'SENT') !== (row.phase === 'SENT')) return undefined;
  const opened =
    row.secrets === null ? undefined : key.open(row.secrets, contextOf('secrets', identity, key));
  const secrets = storedSecrets.safeParse(parseJson(opened)).data;
  const push: Push = {
    ...content,
    id: row.id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    readAt: row.read_at,
    handOffs: secrets?.handOffs ?? [],
    accounts: content.accounts.map((account) => {
      const { result, fundingAccountId } = account;
      if (result?.kind !== 'PUSHED') return { ...account, result };
      return { ...account, result: { ...result, secrets: secrets?.accounts[fundingAccountId] ?? null } };
    }),
  };
  return asOf(push, row.read_at);
}

function contextOf(part: 'content' | 'secrets', { issuer, id, owner }: RowIdentity, key: LedgerKey): string {
  return JSON.stringify([part, ROW_FORMAT, key.id, issuer, id, owner]);
}

function revealed({ receipt, digitizationData }: AccountSecrets) {
  return { receipt: receipt.reveal(), digitizationData: digitizationData?.reveal() ?? null };
}

function phaseWithoutWords(phase: PushPhase): z.input<typeof storedPhase> {
  return phase.kind === 'REFUSED' ? { kind: phase.kind, refusal: withoutWords(phase.refusal) } : phase;
}

function withoutWords({ code, reasonCode, fundingAccountIds }: Refusal): z.input<typeof storedRefusal> {
  return { code, reasonCode, fundingAccountIds: [...fundingAccountIds] };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
