/** Forms in which keys are kept elsewhere, known by how they begin: each is named with the way to one that is taken. */
import { KeyFault } from './key-fault.js';

/** Of the bytes as Latin-1. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:\xfe\xed\xfe\xed|\xce\xce\xce\xce)/,
    'it is a Java key store of the old kind: make a PKCS#12 of it with keytool -importkeystore -deststoretype PKCS12.',
  ],
  [
    /^-----BEGIN OPENSSH PRIVATE KEY/,
    'it is a key for SSH: give the RSA key of your consumer key, or turn this one into PEM with ssh-keygen -p -m PEM.',
  ],
  [/^PuTTY-User-Key-File/, 'it is a key of PuTTY: export it with puttygen as an OpenSSH key, then as PEM.'],
  [/^(?:ssh|ecdsa)-[a-z0-9-]+ /, 'it is a public key for SSH: give the file that the portal made.'],
  [/^-----BEGIN PGP /, 'it belongs to PGP: give the file that the portal made.'],
  [/^.\xf1\xb5\xb0/, 'it is a PVK file of Windows: export it as PFX.'],
  [/^SQLite format 3/, 'it is the key store of a browser: export the key from it as PKCS#12.'],
  [/^(?:\xef\xbb\xbf)?\s*[{[]/, 'it is JSON, a JWK perhaps: give the key as PEM or PKCS#12.'],
  [/^(?:\xef\xbb\xbf)?\s*</, 'it is a web page or XML: download the file itself.'],
  [/^PK[^ -~][^ -~]/, 'it is a ZIP archive: unpack it.'],
  [
    /^0[\s\S]{0,40}\xef\xbf\xbd/,
    'it is a binary file that was read as text, which cannot be undone: store it as base64.',
  ],
];

const PATH = /^(?:~?\/|\.{1,2}[\\/]|[A-Za-z]:[\\/]|\\\\|file:)|\.(?:pem|key|p12|pfx|crt|cer|der|jks)$/i;
const LONGEST_PATH = 255;

export function refuseForeign(bytes: Buffer): void {
  const start = bytes.subarray(0, 256).toString('latin1');
  const found = FOREIGN.find(([beginning]) => beginning.test(start));
  if (found !== undefined) throw new KeyFault(found[1]);
}

export function refusePath(text: string): void {
  if (text.length > LONGEST_PATH || /[\r\n]/.test(text) || !PATH.test(text)) return;
  throw new KeyFault('it is the path of a file, not what is in it: name the file by the setting with _FILE.');
}
