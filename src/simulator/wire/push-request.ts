/** The clear part of a push, field by field. */
import { checked, flag, hex, number, oneOf, record, text, type ValueOf } from './field-rules.js';

const ABSOLUTE_URL = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;

/** Absolute with scheme, encoded; app schemes are welcome. */
const callbackUrl = checked(text(1, 256, ABSOLUTE_URL), (url) => URL.canParse(url));

const minutes = checked(number, (period) => period > 4 && period <= 15);

const signatureData = record(
  {},
  {
    callbackURL: callbackUrl,
    completeIssuerAppActivation: flag,
    completeWebsiteActivation: flag,
    accountHolderDataSupplied: flag,
    locale: text(4, 5, /^[a-z]{2}_[A-Z]{2}$/),
    tokenRequestorSessionId: text(3, 64),
  },
);

const encryptedPayload = record(
  {
    encryptedData: hex(2, Number.MAX_SAFE_INTEGER),
    publicKeyFingerprint: hex(32, 64),
    encryptedKey: hex(32, 512),
    oaepHashingAlgorithm: oneOf('SHA256', 'SHA512'),
  },
  {
    iv: hex(24, 32),
    algorithmCipherMode: oneOf('CBC', 'GCM'),
    tag: hex(1, 36),
    aad: hex(1, 36),
  },
);

export const pushRequest = record(
  {
    requestId: text(1, 64),
    pushFundingAccounts: record({ encryptedPayload }, {}),
    tokenRequestorId: text(11, 11, /^\d+$/),
  },
  {
    signatureData,
    requestIssuerInitiatedDigitizationData: flag,
    pushAccountReceiptsValidityPeriod: minutes,
    authenticationCode: text(1, 32),
  },
);

export type PushRequest = ValueOf<typeof pushRequest>;
export type EncryptedPayload = ValueOf<typeof encryptedPayload>;
export type SignatureData = ValueOf<typeof signatureData>;
