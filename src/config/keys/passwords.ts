/** A password as bytes: programs do not agree on how, so each way that is known is tried. */
import type { Secret } from '../../domain/secret.js';
import { KeyFault } from './key-fault.js';

/** undefined: none is set. Then an empty one is tried. */
export type Password = Secret<string> | undefined;

export function textOf(password: Password): string {
  return password?.reveal() ?? '';
}

/** The reason why it does not open: none, or another. */
export function shutTo(password: Password): KeyFault {
  return password === undefined
    ? new KeyFault('it is encrypted: set MDES_SIGNING_KEY_PASSWORD.')
    : new KeyFault('the password does not open it: check MDES_SIGNING_KEY_PASSWORD.');
}

/** As PBES2 and PEM take it: UTF-8 (OpenSSL, Java), Latin-1 (older consoles, node-forge), UTF-16 (older NSS). */
export function passwordBytes(password: string): Buffer[] {
  const composed = password.normalize('NFC');
  return unlike([
    ...spellings(password).map((text) => Buffer.from(text)),
    ...(isLatin1(composed) ? [Buffer.from(composed, 'latin1')] : []),
    bmp(password),
  ]);
}

/** As PKCS#12 itself takes it: UTF-16, big end first, and two zeros. OpenSSL before 1.1 put bytes for letters. */
export function pkcs12Passwords(password: string): Buffer[] {
  const bytesAsLetters = Buffer.from(password).toString('latin1');
  return unlike([
    ...[...spellings(password), bytesAsLetters].map(bmp),
    ...(password === '' ? [Buffer.alloc(0)] : []),
  ]);
}

/** An umlaut is one letter on most keyboards, and two signs on a Mac. */
function spellings(password: string): string[] {
  return [password, password.normalize('NFC'), password.normalize('NFD')];
}

function isLatin1(text: string): boolean {
  return [...text].every((letter) => letter <= '\u00ff');
}

function bmp(text: string): Buffer {
  return Buffer.from(`${text}\0`, 'utf16le').swap16();
}

function unlike(all: readonly Buffer[]): Buffer[] {
  return [...new Map(all.map((bytes) => [bytes.toString('hex'), bytes])).values()];
}
