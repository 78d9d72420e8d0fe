/** Makes the certificate that clients encrypt for, as Mastercard hands one out for each environment. */
import forge from 'node-forge';

const YEARS = 2;

export function selfSignedCertificate(privateKeyPem: string, commonName: string): string {
  const privateKey = forge.pki.privateKeyFromPem(privateKeyPem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = `01${forge.util.bytesToHex(forge.random.getBytesSync(8))}`;
  const { notBefore, notAfter } = certificate.validity;
  // A day back, so that a client whose clock is slow takes it.
  notBefore.setDate(notBefore.getDate() - 1);
  notAfter.setFullYear(notAfter.getFullYear() + YEARS);
  const subject = [{ name: 'commonName', value: commonName }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([{ name: 'keyUsage', keyEncipherment: true, dataEncipherment: true }]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
