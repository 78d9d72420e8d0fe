/** A signed call to each operation of MDES, by the gateway's own code; the one that pushes carries no card. */
import type { EncryptionCertificate } from '../../config/keys/encryption-certificate.js';
import type { MdesIdentity } from '../../config/mdes-identity.js';
import type { AccountRange } from '../../domain/account-range.js';
import type { Clock } from '../../domain/clock.js';
import type { TokenRequestor } from '../../domain/token-requestor.js';
import { ACCOUNT_RANGES_PER_CALL } from '../../mdes/mdes-client.js';
import { BrokenAsset } from '../../mdes/mdes-error.js';
import { diagnosis, type Finding, fault, skipped, warning, well } from '../finding.js';
import { lookAtEnvelope } from './envelope.js';
import { Patient } from './patient.js';
import { clockDiffers, SKEW_THAT_MATTERS_MS, whyRefused } from './refusal.js';

/** An id that nobody has: MDES answers that it has no such logo. */
const NO_LOGO = '00000000-0000-4000-8000-000000000000';
/** An access token is taken within 5 s. */
const SKEW_TO_MIND_MS = 10_000;

export interface MdesToLookAt {
  readonly identity: MdesIdentity;
  readonly certificate: EncryptionCertificate;
  readonly accountRanges: readonly AccountRange[];
}

export async function lookAtMdes(
  { identity, certificate, accountRanges }: MdesToLookAt,
  clock: Clock,
): Promise<Finding[]> {
  const patient = new Patient(identity, clock);
  try {
    const listed = await listRequestors(patient, accountRanges);
    const { requestors } = listed;
    if (requestors === null) {
      return [
        ...ofClock(patient, listed.finding),
        listed.finding,
        skipped('envelope', 'Not looked at: mend the fault above first.'),
      ];
    }
    return [
      ...ofClock(patient, listed.finding),
      listed.finding,
      await fetchLogo(patient, requestors),
      await lookAtEnvelope({ patient, certificate, requestors, clock }),
    ];
  } finally {
    await patient.close();
  }
}

/** A clock that is the reason for a refusal is told there. */
function ofClock({ skewMs }: Patient, { code }: Finding): Finding[] {
  if (skewMs === undefined || code === 'CLOCK_DIFFERS') return [];
  if (Math.abs(skewMs) > SKEW_THAT_MATTERS_MS) return [fault('clock', clockDiffers(skewMs))];
  if (Math.abs(skewMs) <= SKEW_TO_MIND_MS) return [well('clock', 'It goes with that of MDES.')];
  return [
    warning('clock', {
      ...clockDiffers(skewMs),
      says: `This machine's clock and that of MDES differ by ${Math.round(Math.abs(skewMs) / 1000)} s: MDES takes some minutes, an access token 5 s.`,
    }),
  ];
}

async function listRequestors(
  patient: Patient,
  ranges: readonly AccountRange[],
): Promise<{ readonly requestors: readonly TokenRequestor[] | null; readonly finding: Finding }> {
  const asked = ranges.slice(0, ACCOUNT_RANGES_PER_CALL);
  const tried = await patient.call((client) => client.getEligibleTokenRequestors(asked));
  if (tried.kind === 'FAILED') {
    const target = `POST ${patient.identity.baseUrl}/connect/1/0/getEligibleTokenRequestors`;
    return { requestors: null, finding: fault('MDES', whyRefused(tried, patient, target)) };
  }
  const requestors = tried.value;
  const of = `${asked.length} of ${ranges.length} account ranges`;
  const finding =
    requestors.length > 0
      ? well('MDES', `getEligibleTokenRequestors: ${requestors.length} token requestors for ${of}.`)
      : warning(
          'MDES',
          diagnosis(
            'NO_REQUESTORS',
            `getEligibleTokenRequestors: signature and key are taken, and MDES has no token requestor for ${of}.`,
            'MDES_ACCOUNT_RANGES takes the exact first numbers of ranges as they are registered at MDES, not BINs: compare them.',
          ),
        );
  return { requestors, finding };
}

async function fetchLogo(patient: Patient, requestors: readonly TokenRequestor[]): Promise<Finding> {
  const id = requestors.find(({ imageAssetId }) => imageAssetId !== null)?.imageAssetId ?? NO_LOGO;
  const tried = await patient.call((client) => client.getAsset(id));
  if (tried.kind === 'ANSWERED' || tried.error instanceof BrokenAsset) {
    const found = tried.kind === 'ANSWERED' && tried.value !== null ? 'a logo' : 'no such logo';
    return well('MDES', `getAsset: the signature is taken (${found}).`);
  }
  const target = `GET ${patient.identity.baseUrl}/issuer-assets/1/0/asset/tokenrequestor/${id}`;
  const found = whyRefused(tried, patient, target);
  return fault('MDES', { ...found, says: `getAsset: ${found.says}` });
}
