/** Opens what is encrypted with a password: PBES2 and PBES1 (PKCS#5), and the schemes of PKCS#12. */
import { type Asn1, integerOf, octetsOf, oidOf, parseAsn1, TAG } from './asn1.js';
import { type Cipher, cipherOf, DES, rc2, refuseCipher, TRIPLE_DES, TWO_KEY_TRIPLE_DES } from './ciphers.js';
import { boundedRounds, PURPOSE, pbkdf1Key, pbkdf2Key, pkcs12Key, scryptKey } from './key-derivation.js';
import { KeyFault } from './key-fault.js';
import { passwordBytes, pkcs12Passwords } from './passwords.js';

interface Scheme {
  readonly cipher: Cipher;
  readonly passwords: (password: string) => Buffer[];
  derive(password: Buffer): Promise<{ readonly key: Buffer; readonly iv: Buffer }>;
}

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const SCRYPT = '1.3.6.1.4.1.11591.4.11';
const SCRYPT_MOST_BYTES = 1_000_000_000;

const OF_PKCS12: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.3': TRIPLE_DES,
  '1.2.840.113549.1.12.1.4': TWO_KEY_TRIPLE_DES,
  '1.2.840.113549.1.12.1.5': rc2(128),
  '1.2.840.113549.1.12.1.6': rc2(40),
};
const OF_PKCS5: Readonly<Record<string, { readonly hash: string; readonly cipher: Cipher }>> = {
  '1.2.840.113549.1.5.3': { hash: 'md5', cipher: DES },
  '1.2.840.113549.1.5.6': { hash: 'md5', cipher: rc2(64) },
  '1.2.840.113549.1.5.10': { hash: 'sha1', cipher: DES },
  '1.2.840.113549.1.5.11': { hash: 'sha1', cipher: rc2(64) },
};
const HMACS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
  '1.2.840.113549.2.12': 'sha512-224',
  '1.2.840.113549.2.13': 'sha512-256',
};

/**
 * What was encrypted; undefined: the password does not open it. That it comes out as ASN.1 says so: no check sum is needed,
 * whose own derivation would take as long again.
 * @throws KeyFault where scheme or cipher are not supported
 */
export async function decrypt(algorithm: Asn1, sealed: Buffer, password: string): Promise<Asn1 | undefined> {
  const { cipher, passwords, derive } = schemeOf(algorithm);
  for (const bytes of passwords(password)) {
    const { key, iv } = await derive(bytes);
    const opened = await cipher.open(key, iv, sealed).catch(() => Buffer.alloc(0));
    const found = parseAsn1(opened);
    if (found?.tag === TAG.sequence && found.whole.length === opened.length) return found;
  }
  return undefined;
}

function schemeOf(algorithm: Asn1): Scheme {
  const [name, parameters] = partsOf(algorithm);
  const oid = oidOf(name);
  if (oid === PBES2) return pbes2(parameters);
  const pkcs5 = OF_PKCS5[oid];
  const cipher = pkcs5?.cipher ?? OF_PKCS12[oid] ?? refuseCipher(oid);
  const [saltPart, roundsPart] = partsOf(parameters);
  const [salt, rounds] = [octetsOf(saltPart), boundedRounds(integerOf(roundsPart))];
  if (pkcs5 !== undefined) {
    const derive = async (password: Buffer) => {
      const bytes = await pbkdf1Key(pkcs5.hash, password, salt, rounds);
      return { key: bytes.subarray(0, 8), iv: bytes.subarray(8, 16) };
    };
    return { cipher, passwords: passwordBytes, derive };
  }
  const derive = async (password: Buffer) => ({
    key: await pkcs12Key({ password, salt, rounds }, PURPOSE.key, cipher.keyBytes),
    iv: await pkcs12Key({ password, salt, rounds }, PURPOSE.iv, cipher.ivBytes),
  });
  return { cipher, passwords: pkcs12Passwords, derive };
}

function pbes2(parameters: Asn1): Scheme {
  const [derivation, encryption] = partsOf(parameters);
  const [cipherName, iv] = partsOf(encryption);
  const cipher = cipherOf(oidOf(cipherName));
  const keyOf = keyDerivation(derivation, cipher.keyBytes);
  return {
    cipher,
    passwords: passwordBytes,
    derive: async (password) => ({ key: await keyOf(password), iv: octetsOf(iv) }),
  };
}

function keyDerivation(derivation: Asn1, length: number): (password: Buffer) => Promise<Buffer> {
  const [name, parameters] = partsOf(derivation);
  const [saltPart, costPart] = partsOf(parameters);
  const salt = octetsOf(saltPart);
  const oid = oidOf(name);
  if (oid === PBKDF2) {
    const rounds = boundedRounds(integerOf(costPart));
    const hmac = parameters.children.find(({ tag }) => tag === TAG.sequence)?.children[0];
    const hash = hmac === undefined ? 'sha1' : HMACS[oidOf(hmac)];
    if (hash !== undefined) return (password) => pbkdf2Key(password, salt, rounds, length, hash);
  }
  if (oid === SCRYPT) {
    const [cost = 0, blockSize = 0, parallelization = 0] = parameters.children.slice(1).map(integerOf);
    if (cost * blockSize * 128 > SCRYPT_MOST_BYTES / 2) {
      throw new KeyFault('deriving its key takes more than 500 MB of memory: export it again with PBKDF2.');
    }
    const options = { cost, blockSize, parallelization, maxmem: SCRYPT_MOST_BYTES };
    return (password) => scryptKey(password, salt, length, options);
  }
  throw new KeyFault(`its key is derived by ${oid}, which is not supported: export it again with PBKDF2.`);
}

function partsOf({ children: [first, second] }: Asn1): [Asn1, Asn1] {
  if (first !== undefined && second !== undefined) return [first, second];
  throw new KeyFault('what says how it is encrypted is damaged: export it again.');
}
