/**
 * Whether MDES can open our envelopes: a real one is sent to the operation that pushes, around an empty list. There is no
 * card in it that could be pushed; MDES opens it and refuses the list, or cannot open it and says so.
 */
import { randomUUID } from 'node:crypto';
import type { EncryptionCertificate } from '../../config/keys/encryption-certificate.js';
import type { MdesIdentity } from '../../config/mdes-identity.js';
import type { Clock } from '../../domain/clock.js';
import type { TokenRequestor } from '../../domain/token-requestor.js';
import type { MdesClient } from '../../mdes/mdes-client.js';
import { type MdesReason, MdesRefusal } from '../../mdes/mdes-error.js';
import { type Diagnosis, diagnosis, type Finding, fault, warning, well } from '../finding.js';
import { fingerprintsOf, kindOf } from './encryption-certificate.js';
import { Patient, type Tried } from './patient.js';
import { whyRefused } from './refusal.js';

const SUBJECT = 'envelope';
/** Click to Pay, which every issuer can have. */
const USUAL_REQUESTOR = '50123197928';
const CANNOT_OPEN = /^(?:CRYPTOGRAPHY_ERROR|DECRYPT_\w+|REQUEST_DECRYPT_FAILED)$/;
const OF_ENVELOPE =
  /oaepHashingAlgorithm|publicKeyFingerprint|encryptedKey|encryptedData|algorithmCipherMode|\b(?:iv|tag|aad)\b/i;

interface Envelope {
  readonly patient: Patient;
  readonly certificate: EncryptionCertificate;
  readonly requestors: readonly TokenRequestor[];
  readonly clock: Clock;
}

export async function lookAtEnvelope({
  patient,
  certificate,
  requestors,
  clock,
}: Envelope): Promise<Finding> {
  const requestor = requestors[0]?.id ?? USUAL_REQUESTOR;
  const tried = await patient.call((client) => sendEmpty(client, requestor));
  const { identity } = patient;
  const how = `RSA-OAEP with ${identity.oaepHash}, AES-128-${identity.cipherMode}`;
  if (isOpened(tried)) {
    return well(
      SUBJECT,
      `pushMultipleAccounts: MDES has opened an envelope (${how}). There was no card in it, and nothing was pushed.`,
    );
  }
  if (isShut(tried)) {
    return fault(
      SUBJECT,
      await whyShut(
        refusalOf(tried)?.reasonCode ?? '',
        { patient, certificate, requestors, clock },
        requestor,
      ),
    );
  }
  const refusal = refusalOf(tried);
  if (tried.kind === 'FAILED' && refusal === null) {
    const target = `POST ${identity.baseUrl}/connect/1/0/pushMultipleAccounts`;
    return fault(SUBJECT, whyRefused(tried, patient, target));
  }
  return warning(
    SUBJECT,
    diagnosis(
      'ENVELOPE_NOT_SHOWN',
      `pushMultipleAccounts: the signature is taken, and MDES has said no before it came to the envelope (${refusal?.reasonCode}).`,
      'Look again once MDES knows a token requestor for your account ranges.',
    ),
  );
}

/** Exactly what a push sends, but for the accounts. */
async function sendEmpty(client: MdesClient, tokenRequestorId: string): Promise<void> {
  await client.pushMultipleAccounts({
    requestId: randomUUID(),
    tokenRequestorId,
    accounts: [],
    requestIssuerInitiatedDigitizationData: false,
    pushAccountReceiptsValidityPeriod: 5,
    accountHolderDataSupplied: false,
    callbackUrl: null,
    locale: null,
  });
}

/** It said no to the list, or to nothing. */
function isOpened(tried: Tried<void>): boolean {
  if (tried.kind === 'ANSWERED') return true;
  const refusal = refusalOf(tried);
  if (refusal === null || isShut(tried) || refusal.reasonCode === 'AUTHORIZATION_FAILED') return false;
  return !/tokenRequestorId/i.test(refusal.description ?? '');
}

function isShut(tried: Tried<void>): boolean {
  const refusal = refusalOf(tried);
  return (
    refusal !== null && (CANNOT_OPEN.test(refusal.reasonCode) || OF_ENVELOPE.test(refusal.description ?? ''))
  );
}

function refusalOf(tried: Tried<void>): MdesReason | null {
  return tried.kind === 'FAILED' && tried.error instanceof MdesRefusal ? tried.error.reason : null;
}

/** What it is that does not fit is found by trying the other: MDES says of all of it only that it cannot open it. */
async function whyShut(code: string, envelope: Envelope, requestor: string): Promise<Diagnosis> {
  const { patient, certificate, clock } = envelope;
  for (const [found, changed] of changes(patient.identity, certificate)) {
    const other = new Patient({ ...patient.identity, ...changed }, clock);
    try {
      if (isOpened(await other.call((client) => sendEmpty(client, requestor)))) return found;
    } finally {
      await other.close();
    }
  }
  return diagnosis(
    'CERTIFICATE_OF_ANOTHER',
    `MDES cannot open the envelope (${code}), whichever fingerprint, hash and cipher it is made with: MDES_ENCRYPTION_CERTIFICATE is of another environment or project, or has been replaced.`,
    'Download the certificate again (Client Encryption Keys of this project and environment).',
  );
}

function changes(
  { encryptionFingerprint, oaepHash, cipherMode }: MdesIdentity,
  certificate: EncryptionCertificate,
): [found: Diagnosis, changed: Partial<MdesIdentity>][] {
  const other = {
    oaepHash: oaepHash === 'SHA512' ? 'SHA256' : 'SHA512',
    cipherMode: cipherMode === 'CBC' ? 'GCM' : 'CBC',
  } as const;
  const sent = kindOf(encryptionFingerprint, certificate) ?? 'fingerprint of something else';
  const prints = [...fingerprintsOf(certificate)].filter(
    ([, value]) => value !== encryptionFingerprint.toLowerCase(),
  );
  return [
    ...prints.map(([kind, value]): [Diagnosis, Partial<MdesIdentity>] => [
      diagnosis(
        'FINGERPRINT_DIFFERS',
        `MDES opens the envelope under the ${kind}; sent is the ${sent}.`,
        kind === 'SHA-256 of the certificate'
          ? 'Leave MDES_ENCRYPTION_FINGERPRINT out.'
          : `Set MDES_ENCRYPTION_FINGERPRINT to ${value}.`,
      ),
      { encryptionFingerprint: value },
    ]),
    [
      diagnosis(
        'OAEP_HASH_DIFFERS',
        `MDES opens the envelope when its key is wrapped with ${other.oaepHash}, as it was set at onboarding; sent is ${oaepHash}.`,
        `Set MDES_OAEP_HASH to ${other.oaepHash}.`,
      ),
      { oaepHash: other.oaepHash },
    ],
    [
      diagnosis(
        'CIPHER_MODE_DIFFERS',
        `MDES opens the envelope in ${other.cipherMode} mode; sent is ${cipherMode}.`,
        `Set MDES_CIPHER_MODE to ${other.cipherMode}.`,
      ),
      { cipherMode: other.cipherMode },
    ],
  ];
}
