/** Why a key or certificate cannot be used: each reason with the one sentence that says so, and with it the mend. */

const PORTAL = "give Mastercard's request encryption certificate (Client Encryption Keys in the portal).";
const YOURS = 'give the private key that belongs to your consumer key.';
const RSA_WANTED = 'Mastercard wants an RSA key: use the one that belongs to your consumer key.';

/** `#` stands for what the sentence tells of the file. */
export const REASONS = {
  passwordMissing: 'it is encrypted: set MDES_SIGNING_KEY_PASSWORD.',
  passwordWrong: 'the password does not open it: check MDES_SIGNING_KEY_PASSWORD.',
  twoPasswords: 'its key has another password than its certificates: export it with one for both.',
  cipherUnknown: 'it is encrypted with #, which is not supported: export it again with AES-256.',
  tooManyRounds: 'deriving its key takes # rounds; at most 10000000 are taken: export it again with fewer.',
  tooMuchMemory: 'deriving its key takes more than 500 MB of memory: export it again with PBKDF2.',
  derivationUnknown: 'its key is derived by #, which is not supported: export it again with PBKDF2.',
  encryptionDamaged: 'what says how it is encrypted is damaged: export it again.',
  noPem: 'it is neither PEM, DER nor PKCS#12, nor base64 of one: give the file as it was made.',
  noEnd: 'its PEM has no END line: give the whole file, with \\n for line ends where it has to be one line.',
  noBase64: 'its PEM holds something else than base64: copy the file again.',
  derDamaged: 'its DER is damaged or cut short: copy the file again, in binary mode or as base64.',
  readAsText: 'it is a binary file that was read as text, which cannot be undone: store it as base64.',
  path: 'it is the path of a file, not what is in it: name the file by the setting with _FILE.',
  pkcs12Damaged: 'it is a PKCS#12 file whose inside is damaged: export it again.',
  keyDamaged: 'its private key is damaged: export it again.',
  jks: 'it is a Java key store of the old kind: make a PKCS#12 of it with keytool -importkeystore -deststoretype PKCS12.',
  ssh: 'it is a key for SSH: give the RSA key of your consumer key, or turn this one into PEM with ssh-keygen -p -m PEM.',
  sshPublic: 'it is a public key for SSH: give the file that the portal made.',
  putty: 'it is a key of PuTTY: export it with puttygen as an OpenSSH key, then as PEM.',
  pgp: 'it belongs to PGP: give the file that the portal made.',
  pvk: 'it is a PVK file of Windows: export it as PFX.',
  json: 'it is JSON, a JWK perhaps: give the key as PEM or PKCS#12.',
  markup: 'it is a web page or XML: download the file itself.',
  zip: 'it is a ZIP archive: unpack it.',
  browser: 'it is the key store of a browser: export the key from it as PKCS#12.',
  noPrivateKey: `it holds no private key: give the one that belongs to your consumer key.`,
  certificateForKey: `it holds a certificate and no key: ${YOURS}`,
  publicForKey: 'it holds a public key: give the private key that belongs to it.',
  requestForKey: 'it is a certificate request: give the private key that it was made with.',
  pkcs7ForKey: `it holds certificates alone (PKCS#7): ${YOURS}`,
  pkcs12WithoutKey: 'it is a PKCS#12 file without a private key: export it with its key.',
  closedByKey: 'it is closed by a key instead of a password: export it with a password.',
  sealedForCertificate: 'it is encrypted for a certificate: export it with a password.',
  severalKeys:
    'it holds # private keys: name the one that belongs to your consumer key by MDES_SIGNING_KEY_ALIAS. There are: #.',
  aliasUnknown: 'no key in it has the name that MDES_SIGNING_KEY_ALIAS says, but: #.',
  aliasTwice: 'it holds # private keys of the name that MDES_SIGNING_KEY_ALIAS says: leave one in it.',
  algorithm: `its key is #; ${RSA_WANTED}`,
  keyShort: 'its RSA key has # bits; at least 2048 are needed: make a new one.',
  twoPairs:
    'no certificate in it belongs to its key: export key and certificate of one pair, or the key alone.',
  keyForCertificate: `it holds a private key and no certificate: ${PORTAL}`,
  pkcs12ForCertificate: `it is a PKCS#12 file, in which keys are kept: ${PORTAL}`,
  pkcs7ForCertificate: 'it is PKCS#7: take the certificate out of it with openssl pkcs7 -print_certs.',
  publicForCertificate: `it holds a public key without its certificate: ${PORTAL}`,
  requestForCertificate: `it is a certificate request of your own: ${PORTAL}`,
  noCertificate: `it holds no certificate: ${PORTAL}`,
  certificateDamaged: 'it holds no certificate that can be read: download it again.',
  ownCertificate: `it belongs to your own signing key, so that Mastercard could open nothing: ${PORTAL}`,
  severalCertificates: "it holds # certificates that are no chain: leave Mastercard's alone in it.",
  certificateAlgorithm: `its key is #; ${PORTAL}`,
} as const;

export type Reason = keyof typeof REASONS;

export const ALL_REASONS = Object.keys(REASONS) as Reason[];

/** Every reason that a sentence may mean; one, as it should be. */
export function reasonsFor(sentence: string): Reason[] {
  return ALL_REASONS.filter((reason) => patternOf(REASONS[reason]).test(sentence));
}

function patternOf(sentence: string): RegExp {
  const parts = sentence.split('#').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+').replaceAll('PKCS.+', 'PKCS#')}$`);
}
