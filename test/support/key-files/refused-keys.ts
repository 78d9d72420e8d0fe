/** Files that are no key of ours: each with the reason that is told. */
import { parseAsn1 } from '../../../src/config/keys/asn1.js';
import { integer, NOTHING, OID, octets, sealedKey, sequence, storeOf, tagged } from './der.js';
import { type KeyFile, keyFile } from './key-file.js';
import { asPem, twoKeys } from './opened-keys.js';
import type { Reason } from './reasons.js';
import type { Workbench } from './workbench.js';

const PW = 'opensesame';
const PAIR = '-inkey ours.pem -in ours.crt';
const OLD = '-provider legacy -provider default';

export function refusedKeys(bench: Workbench): KeyFile[] {
  return [...shut(bench), ...notKeys(bench), ...damaged(bench), ...otherKeys(bench)];
}

function shut(bench: Workbench): KeyFile[] {
  const store = bench.make(`pkcs12 -export ${PAIR} -passout env:PW`);
  const old = bench.make(
    `pkcs12 -export ${PAIR} -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-RC2-40 ${OLD} -passout env:PW`,
  );
  const pkcs8 = bench.make('pkcs8 -topk8 -in ours.pem -passout env:PW');
  const pem = bench.make('rsa -in ours.pem -traditional -aes256 -passout env:PW');
  const all: readonly (readonly [string, Buffer])[] = [
    ['PKCS#12', store],
    ['PKCS#12 of old', old],
    ['PKCS#8', pkcs8],
    ['PEM with DEK-Info', pem],
  ];
  const cipher = (name: string, bytes: Buffer) =>
    keyFile(name, bytes, { password: PW, gives: 'cipherUnknown' });
  return [
    ...all.map(([name, bytes]) => keyFile(`${name} without a password`, bytes, { gives: 'passwordMissing' })),
    ...all.map(([name, bytes]) =>
      keyFile(`${name}, another password`, bytes, { password: 'Sésame', gives: 'passwordWrong' }),
    ),
    keyFile('a key with a password of its own', twoPasswords(bench), { password: PW, gives: 'twoPasswords' }),
    cipher('RC4-128', bench.make(`pkcs12 -export ${PAIR} -keypbe PBE-SHA1-RC4-128 ${OLD} -passout env:PW`)),
    cipher('RC4-40', bench.make(`pkcs8 -topk8 -in ours.pem -v1 PBE-SHA1-RC4-40 ${OLD} -passout env:PW`)),
    ...['bf-cbc', 'cast5-cbc', 'seed-cbc', 'rc2-cbc'].map((name) =>
      cipher(name, bench.make(`pkcs8 -topk8 -in ours.pem -v2 ${name} ${OLD} -passout env:PW`)),
    ),
    ...['seed', 'des'].map((name) =>
      cipher(`DEK-Info ${name}`, bench.make(`rsa -in ours.pem -traditional -${name} ${OLD} -passout env:PW`)),
    ),
    keyFile('a thousand million rounds', sealedKey(OID.pbkdf2, [octets(NOTHING), integer(1_000_000_000)]), {
      password: PW,
      gives: 'tooManyRounds',
    }),
    keyFile(
      'scrypt of a gigabyte',
      sealedKey(OID.scrypt, [octets(NOTHING), integer(2 ** 20), integer(8), integer(1)]),
      { password: PW, gives: 'tooMuchMemory' },
    ),
    keyFile('no cost at all', sealedKey(OID.pbkdf2, [octets(NOTHING)]), {
      password: PW,
      gives: 'encryptionDamaged',
    }),
    keyFile(
      'a hash that nobody knows',
      sealedKey(OID.pbkdf2, [octets(NOTHING), integer(2048), sequence(OID.sm3)]),
      { password: PW, gives: 'derivationUnknown' },
    ),
  ];
}

function notKeys(bench: Workbench): KeyFile[] {
  const no = (gives: Reason, name: string, bytes: Buffer | string) =>
    keyFile(name, bytes, { gives, password: PW });
  const certificate = bench.read('ours.crt');
  return [
    no('certificateForKey', 'a certificate', certificate),
    no('certificateForKey', 'a certificate as DER', bench.make('x509 -in ours.crt -outform DER')),
    no('publicForKey', 'a public key', bench.make('rsa -in ours.pem -pubout')),
    no('publicForKey', 'a public key of PKCS#1', bench.make('rsa -in ours.pem -RSAPublicKey_out')),
    no('requestForKey', 'a request', bench.make('req -new -key ours.pem -subj /CN=x')),
    no('pkcs7ForKey', 'PKCS#7', bench.make('crl2pkcs7 -nocrl -certfile ours.crt')),
    no(
      'pkcs12WithoutKey',
      'PKCS#12 of certificates',
      bench.make('pkcs12 -export -nokeys -in ours.crt -passout env:PW'),
    ),
    no('closedByKey', 'PKCS#12 signed by a key', storeOf(OID.signed, sequence())),
    no(
      'sealedForCertificate',
      'PKCS#12 for a certificate',
      storeOf(OID.data, octets(sequence(sequence(OID.enveloped, tagged(sequence()))))),
    ),
    no('noPrivateKey', 'parameters of curves', bench.make('ecparam -name prime256v1')),
    no('noPem', 'words', 'not a key at all'),
    no('noPem', 'a password', 'opensesame'),
    no('noPem', 'base64 of words', Buffer.from('not a key at all, but long enough').toString('base64')),
    no('path', 'a path', '/etc/keys/signing.p12'),
    no('path', 'a path of Windows', 'C:\\keys\\new\\signing.p12\r\n'),
    no('path', 'a relative path', 'signing-key.pem'),
    no('jks', 'a JKS', Buffer.concat([Buffer.from('feedfeed00000002', 'hex'), Buffer.alloc(200)])),
    no(
      'jks',
      'a JKS in base64',
      Buffer.concat([Buffer.from('feedfeed00000002', 'hex'), Buffer.alloc(200)]).toString('base64'),
    ),
    no('ssh', 'a key for SSH', asPem('OPENSSH PRIVATE KEY', Buffer.from('openssh-key-v1\0 and more of it'))),
    no('sshPublic', 'a public key for SSH', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ me@here'),
    no('putty', 'a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n'),
    no('pgp', 'a key for PGP', asPem('PGP PRIVATE KEY BLOCK', Buffer.alloc(99, 7))),
    no('pvk', 'a PVK file', Buffer.concat([Buffer.from('1ef1b5b0', 'hex'), Buffer.alloc(40)])),
    no('json', 'a JWK', '{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}'),
    no('markup', 'a page of the portal', '<!DOCTYPE html><title>Sign in</title>'),
    no('zip', 'a ZIP archive', Buffer.from('504b0304140000000800', 'hex')),
    no('browser', 'the keys of a browser', 'SQLite format 3\0 and more'),
  ];
}

function damaged(bench: Workbench): KeyFile[] {
  const pem = bench.read('ours.pem').toString();
  const store = bench.make(`pkcs12 -export ${PAIR} -passout env:PW`);
  const [start, middle] = [store.subarray(0, 900), Math.floor(pem.length / 2)];
  const no = (gives: Reason, name: string, bytes: Buffer | string) =>
    keyFile(name, bytes, { gives, password: PW });
  return [
    no('noEnd', 'PEM without its end', pem.slice(0, middle)),
    no('noEnd', 'PEM with another end', pem.replace('END PRIVATE', 'END RSA PRIVATE')),
    no('noBase64', 'PEM with something in it', `${pem.slice(0, middle)}…${pem.slice(middle)}`),
    no('noBase64', 'PEM with nothing in it', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n'),
    no(
      'derDamaged',
      'PEM with lines left out',
      pem
        .split('\n')
        .filter((_, line) => line < 5 || line > 10)
        .join('\n'),
    ),
    no('derDamaged', 'PKCS#12 cut short', start),
    no('derDamaged', 'PKCS#12 cut short in base64', start.toString('base64')),
    no(
      'derDamaged',
      'PKCS#12 with CRLF in it',
      Buffer.from(store.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'),
    ),
    no('readAsText', 'PKCS#12 read as UTF-8', store.toString('utf8')),
    no('pkcs12Damaged', 'PKCS#12 of zeros', storeOf(OID.data, octets(Buffer.alloc(200)))),
    no('keyDamaged', 'numbers that do not belong together', mixedNumbers(bench)),
  ];
}

function otherKeys(bench: Workbench): KeyFile[] {
  const no = (gives: Reason, name: string, bytes: Buffer | string) =>
    keyFile(name, bytes, { gives, password: PW });
  bench.run('ecparam -name prime256v1 -genkey -out ec.pem');
  bench.run('req -x509 -new -key ec.pem -days 30 -subj /CN=ec -out ec.crt');
  bench.run('genrsa -out weak.pem 1024');
  bench.run('dsaparam -genkey -out dsa.pem 1024');
  const both = twoKeys(bench);
  return [
    no('algorithm', 'EC with its parameters', bench.read('ec.pem')),
    no('algorithm', 'EC as PKCS#8', bench.make('pkcs8 -topk8 -nocrypt -in ec.pem')),
    no('algorithm', 'EC as PKCS#12', bench.make('pkcs12 -export -inkey ec.pem -in ec.crt -passout env:PW')),
    no('algorithm', 'DSA', bench.make('dsa -in dsa.pem')),
    no('algorithm', 'DSA as PKCS#8', bench.make('pkcs8 -topk8 -nocrypt -in dsa.pem')),
    no('algorithm', 'RSA-PSS', bench.make('genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048')),
    ...['ED25519', 'ED448', 'X25519'].map((name) =>
      no('algorithm', name, bench.make(`genpkey -algorithm ${name}`)),
    ),
    no('keyShort', 'RSA of 1024 bits', bench.read('weak.pem')),
    no(
      'twoPairs',
      'certificate of another key',
      Buffer.concat([bench.read('ours.pem'), bench.read('other.crt')]),
    ),
    no('twoPairs', 'the same as PKCS#12', twoPairs(bench)),
    no('severalKeys', 'two keys', both),
    { ...no('aliasUnknown', 'an alias of none', both), alias: 'theirs' },
    {
      ...no(
        'aliasTwice',
        'an alias of two',
        Buffer.from(both.toString().replace('friendlyName: other', 'friendlyName: ours')),
      ),
      alias: 'ours',
    },
  ];
}

function twoPasswords(bench: Workbench): Buffer {
  const [first, second] = [PW, 'another'].map((password) =>
    partsOf(bench.make(`pkcs12 -export ${PAIR} -passout env:PW`, password)),
  );
  return storeOf(OID.data, octets(sequence(first?.[0] ?? NOTHING, second?.[1] ?? NOTHING)));
}

function twoPairs(bench: Workbench): Buffer {
  const [key, certificate] = ['ours', 'other'].map((name) =>
    partsOf(bench.make(`pkcs12 -export -inkey ${name}.pem -in ${name}.crt -passout env:PW`)),
  );
  return storeOf(OID.data, octets(sequence(certificate?.[0] ?? NOTHING, key?.[1] ?? NOTHING)));
}

/** As openssl writes them: certificates, then the key. */
function partsOf(store: Buffer): Buffer[] {
  const safe = parseAsn1(store)?.children[1]?.children[1]?.children[0];
  const parts = safe === undefined ? undefined : parseAsn1(safe.content);
  return (parts?.children ?? []).map(({ whole }) => whole);
}

function mixedNumbers(bench: Workbench): Buffer {
  const [ours, other] = ['ours', 'other'].map((name) =>
    parseAsn1(bench.make(`rsa -in ${name}.pem -traditional -outform DER`))?.children.map(
      ({ whole }) => whole,
    ),
  );
  const [version = NOTHING, , ...rest] = ours ?? [];
  return sequence(version, other?.[1] ?? NOTHING, ...rest);
}
