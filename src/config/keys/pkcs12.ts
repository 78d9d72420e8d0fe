/** Takes the private key out of a PKCS#12 file, which Node itself cannot open. */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import type Forge from 'node-forge';
import type { Secret } from '../../domain/secret.js';

export const WRONG_PASSWORD = 'the password does not open it: check MDES_SIGNING_KEY_PASSWORD.';
export const PASSWORD_MISSING = 'it is encrypted: set MDES_SIGNING_KEY_PASSWORD.';

const require = createRequire(import.meta.url);

/** @throws Error whose message is for the operator */
export function privateKeyFromPkcs12(bytes: Buffer, password: Secret<string> | undefined): KeyObject {
  const keys = privateKeyInfos(open(bytes, password));
  const [der] = keys;
  if (der === undefined)
    throw new Error('it is a PKCS#12 file without a private key: export it with its key.');
  if (keys.length > 1) {
    throw new Error(
      `it holds ${keys.length} private keys: export only the one that belongs to your consumer key.`,
    );
  }
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    throw new Error('its private key is damaged: export it again.');
  } finally {
    der.fill(0);
  }
}

/** Where there is such a file: most keys come as PEM, and this takes as long to load as all that the key is for. */
function loadForge(): typeof Forge {
  return require('node-forge');
}

function open(bytes: Buffer, password: Secret<string> | undefined): Forge.pkcs12.Pkcs12Pfx {
  const forge = loadForge();
  const asn1 = parseAsn1(forge, bytes);
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, false, password?.reveal() ?? '');
  } catch (error) {
    // forge tells its reasons in words only.
    const reason = error instanceof Error ? error.message : '';
    if (/invalid password/i.test(reason)) {
      throw new Error(password === undefined ? PASSWORD_MISSING : WRONG_PASSWORD);
    }
    throw new Error('it is neither PEM nor a PKCS#12 file that can be read: export it again.');
  }
}

function parseAsn1(forge: typeof Forge, bytes: Buffer): Forge.asn1.Asn1 {
  try {
    return forge.asn1.fromDer(forge.util.createBuffer(bytes.toString('binary')));
  } catch {
    throw new Error('it is neither PEM nor PKCS#12: give the RSA private key as one of them.');
  }
}

/** PKCS#8 in DER. forge knows RSA keys as numbers and leaves others as they stand in the file. */
function privateKeyInfos(file: Forge.pkcs12.Pkcs12Pfx): Buffer[] {
  const forge = loadForge();
  const { keyBag, pkcs8ShroudedKeyBag } = forge.pki.oids;
  const bags = [pkcs8ShroudedKeyBag, keyBag].flatMap((bagType) =>
    bagType === undefined ? [] : (file.getBags({ bagType })[bagType] ?? []),
  );
  return bags.flatMap((bag) => {
    const asn1 =
      bag.key == null ? bag.asn1 : forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key));
    return asn1 === undefined ? [] : [Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary')];
  });
}
