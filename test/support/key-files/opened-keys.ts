/** Files that hold our key and open: each way of encrypting them, each way of handing them on. */
import forge from 'node-forge';
import { type KeyFile, keyFile } from './key-file.js';
import { asBer, OF_BYTES, OF_TEXT } from './transports.js';
import type { Workbench } from './workbench.js';

const PW = 'opensesame';
const MANY_ROUNDS = 600_000;
const PAIR = '-inkey ours.pem -in ours.crt -name keyalias';
const ODD_PASSWORDS = [
  'Zürich',
  'Zu\u0308rich',
  'пароль',
  '密碼',
  'key🔑',
  '€uro',
  'a b$"\'\\',
  'x'.repeat(120),
];

export function openedKeys(bench: Workbench): KeyFile[] {
  return [...handedOn(bench), ...pkcs12(bench), ...pkcs8(bench), ...oldPem(bench), ...several(bench)];
}

export function handedOn(bench: Workbench): KeyFile[] {
  const sealed = bench.make('rsa -in ours.pem -traditional -aes128 -passout env:PW');
  const store = bench.make(`pkcs12 -export ${PAIR} -passout env:PW`);
  const der = bench.make('pkcs8 -topk8 -nocrypt -in ours.pem -outform DER');
  const pkcs1 = bench.make('rsa -in ours.pem -traditional -outform DER');
  return [
    ...OF_TEXT.map(([name, change]) => keyFile(`PKCS#8, ${name}`, change(bench.read('ours.pem')))),
    ...OF_TEXT.map(([name, change]) =>
      keyFile(`PEM with DEK-Info, ${name}`, change(sealed), { password: PW }),
    ),
    ...OF_BYTES.map(([name, change]) => keyFile(`PKCS#12, ${name}`, change(store), { password: PW })),
    ...OF_BYTES.map(([name, change]) => keyFile(`DER, ${name}`, change(der))),
    keyFile('PKCS#1 as DER', pkcs1),
    keyFile('PKCS#1 as PEM', bench.read('ours.pkcs1.pem')),
    keyFile('PKCS#8 although a password is set', bench.read('ours.pem'), { password: PW }),
    keyFile('PKCS#1 under the label of PKCS#8', asPem('PRIVATE KEY', pkcs1)),
    keyFile('PKCS#12 as PEM', asPem('PKCS12', store), { password: PW }),
    keyFile('PKCS#12, BER', asBer(store), { password: PW }),
    keyFile('key, then its certificate', Buffer.concat([bench.read('ours.pem'), bench.read('ours.crt')])),
    keyFile('certificate, then its key', Buffer.concat([bench.read('ours.crt'), bench.read('ours.pem')])),
    keyFile('what openssl pkcs12 -nodes prints', openedBags(bench, store)),
  ];
}

function pkcs12(bench: Workbench): KeyFile[] {
  const made = (options: string, password = PW, pair = PAIR) =>
    keyFile(
      `PKCS#12 ${options} ${password}`.slice(0, 70),
      bench.make(`pkcs12 -export ${pair} ${options} -passout env:PW`, password),
      { password },
    );
  const old = '-provider legacy -provider default';
  const key = (cipher: string) => made(`-keypbe ${cipher} -certpbe ${cipher} ${old}`);
  return [
    ...['PBE-SHA1-3DES', 'PBE-SHA1-2DES', 'PBE-SHA1-RC2-40', 'PBE-SHA1-RC2-128', 'NONE'].map(key),
    ...['aes-128-cbc', 'aes-192-cbc', 'camellia-256-cbc', 'aria-256-cbc', 'des-ede3-cbc'].map(key),
    made('-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40 -macalg sha1 -provider legacy -provider default'),
    made('-certpbe PBE-SHA1-RC4-128 -provider legacy -provider default'),
    made('-nomac'),
    made('-macalg sha512'),
    made('-iter 1'),
    made(`-iter ${MANY_ROUNDS}`),
    // As Java does.
    made('-iter 50000 -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES'),
    made('', ''),
    made('-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES', ''),
    { ...made('', ''), name: 'PKCS#12, empty password, none set', ...{ password: '' } },
    made('-nocerts', PW, '-inkey ours.pem'),
    ...ODD_PASSWORDS.flatMap((password) => [
      made('', password),
      made('-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES', password),
    ]),
    keyFile(
      'PKCS#12, password typed on a Mac',
      bench.make(`pkcs12 -export ${PAIR} -passout env:PW`, 'Zu\u0308rich'),
      {
        password: 'Zürich',
      },
    ),
    ...(['3des', 'aes128', 'aes256'] as const).flatMap((algorithm) =>
      [PW, 'Zürich'].map((password) =>
        keyFile(`PKCS#12 of node-forge, ${algorithm} ${password}`, ofForge(bench, algorithm, password), {
          password,
        }),
      ),
    ),
  ];
}

function pkcs8(bench: Workbench): KeyFile[] {
  const made = (options: string, password = PW) =>
    keyFile(
      `encrypted PKCS#8 ${options} ${password}`,
      bench.make(`pkcs8 -topk8 -in ours.pem ${options} -passout env:PW`, password),
      { password },
    );
  const old = '-provider legacy -provider default';
  return [
    ...[
      'aes-128-cbc',
      'aes-192-cbc',
      'aes-256-cbc',
      'des3',
      'camellia-128-cbc',
      'aria-128-cbc',
      'sm4-cbc',
      'des-cbc',
    ].map((cipher) => made(`-v2 ${cipher} ${old}`)),
    ...['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA512-256'].map((hash) =>
      made(`-v2 aes-256-cbc -v2prf hmacWith${hash}`),
    ),
    made('-scrypt'),
    made(`-iter ${MANY_ROUNDS}`),
    made('-outform DER'),
    ...[
      'PBE-MD5-DES',
      'PBE-SHA1-DES',
      'PBE-MD5-RC2-64',
      'PBE-SHA1-RC2-64',
      'PBE-SHA1-RC2-40',
      'PBE-SHA1-3DES',
    ].map((scheme) => made(`-v1 ${scheme} ${old}`)),
    made('', 'Zürich'),
    keyFile('encrypted PKCS#8, Latin-1', ofLatin1(bench, 'pkcs8 -topk8 -in ours.pem'), {
      password: 'Zürich',
    }),
  ];
}

function oldPem(bench: Workbench): KeyFile[] {
  const made = (cipher: string, password = PW) =>
    keyFile(
      `PEM with DEK-Info ${cipher} ${password}`,
      bench.make(`rsa -in ours.pem -traditional -${cipher} -passout env:PW`, password),
      { password },
    );
  return [
    ...['aes192', 'aes256', 'des3', 'camellia128', 'aria256'].map((cipher) => made(cipher)),
    made('aes128', 'Zürich'),
    keyFile('PEM with DEK-Info, Latin-1', ofLatin1(bench, 'rsa -in ours.pem -traditional -aes128'), {
      password: 'Zürich',
    }),
  ];
}

/** An alias among several. */
function several(bench: Workbench): KeyFile[] {
  const both = twoKeys(bench);
  return [
    keyFile('one alias of two', both, { alias: 'ours' }),
    keyFile('the other alias of two', both, { alias: 'other', gives: 'other' }),
    keyFile('an alias as Java writes it', both, { alias: 'OURS' }),
    keyFile('the alias of the only one', bench.make(`pkcs12 -export ${PAIR} -passout env:PW`), {
      password: PW,
      alias: 'keyalias',
    }),
  ];
}

export function twoKeys(bench: Workbench): Buffer {
  const named = (name: string) => Buffer.from(`Bag Attributes\n    friendlyName: ${name}\nKey Attributes\n`);
  return Buffer.concat(['ours', 'other'].flatMap((name) => [named(name), bench.read(`${name}.pem`)]));
}

export function asPem(label: string, der: Buffer): string {
  return `-----BEGIN ${label}-----\n${der
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')}\n-----END ${label}-----\n`;
}

function openedBags(bench: Workbench, store: Buffer): Buffer {
  bench.write('store.p12', store);
  return bench.make('pkcs12 -in store.p12 -nodes -passin env:PW');
}

function ofLatin1(bench: Workbench, command: string): Buffer {
  bench.write('latin1.txt', Buffer.from('Zürich', 'latin1'));
  return bench.make(`${command} -passout file:latin1.txt`);
}

function ofForge(bench: Workbench, algorithm: '3des' | 'aes128' | 'aes256', password: string): Buffer {
  const key = forge.pki.privateKeyFromPem(bench.read('ours.pkcs1.pem').toString());
  const certificate = forge.pki.certificateFromPem(bench.read('ours.crt').toString());
  const store = forge.pkcs12.toPkcs12Asn1(key, certificate, password, { algorithm });
  return Buffer.from(forge.asn1.toDer(store).getBytes(), 'latin1');
}
