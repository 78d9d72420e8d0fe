/** Files for the encryption certificate, beside our signing key: those that open, and why the others do not. */
import { certificateFile, type KeyFile } from './key-file.js';
import type { Reason } from './reasons.js';
import { OF_BYTES, OF_TEXT } from './transports.js';
import type { Workbench } from './workbench.js';

export function certificates(bench: Workbench): KeyFile[] {
  const pem = bench.read('other.crt');
  const der = bench.make('x509 -in other.crt -outform DER');
  const { leaf, root } = chain(bench);
  return [
    ...OF_TEXT.map(([name, change]) => certificateFile(`certificate, ${name}`, change(pem))),
    ...OF_BYTES.map(([name, change]) => certificateFile(`certificate as DER, ${name}`, change(der))),
    certificateFile('certificate with what openssl trusts', bench.make('x509 -in other.crt -trustout')),
    certificateFile('certificate twice', Buffer.concat([pem, pem])),
    certificateFile('chain, the leaf first', Buffer.concat([leaf, root])),
    certificateFile('chain, the leaf second', Buffer.concat([root, leaf])),
    certificateFile(
      'certificate, and the key that it belongs to',
      Buffer.concat([pem, bench.read('other.pem')]),
    ),
    ...refused(bench, pem, der),
  ];
}

function refused(bench: Workbench, pem: Buffer, der: Buffer): KeyFile[] {
  const no = (gives: Reason, name: string, bytes: Buffer | string) => certificateFile(name, bytes, { gives });
  const stranger = bench.make('req -x509 -new -key other.pem -days 30 -subj /CN=stranger');
  return [
    no('ownCertificate', 'our own certificate', bench.read('ours.crt')),
    no('keyForCertificate', 'a key', bench.read('other.pem')),
    no('keyForCertificate', 'a key of PKCS#1', bench.read('other.pkcs1.pem')),
    no('keyForCertificate', 'an encrypted key', bench.make('pkcs8 -topk8 -in other.pem -passout env:PW')),
    no(
      'pkcs12ForCertificate',
      'PKCS#12',
      bench.make('pkcs12 -export -inkey other.pem -in other.crt -passout env:PW'),
    ),
    no('pkcs7ForCertificate', 'PKCS#7', bench.make('crl2pkcs7 -nocrl -certfile other.crt -outform DER')),
    no('publicForCertificate', 'a public key', bench.make('rsa -in other.pem -pubout')),
    no('requestForCertificate', 'a request', bench.make('req -new -key other.pem -subj /CN=x')),
    no('noCertificate', 'parameters of curves', bench.make('ecparam -name prime256v1')),
    no('certificateDamaged', 'a certificate with another byte', misnamed(der)),
    no('severalCertificates', 'two certificates', Buffer.concat([pem, stranger, bench.read('ours.crt')])),
    no(
      'certificateAlgorithm',
      'a certificate of EC',
      bench.make(
        'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ec.key -subj /CN=ec',
      ),
    ),
    no(
      'keyShort',
      'a certificate of 1024 bits',
      bench.make('req -x509 -newkey rsa:1024 -nodes -keyout weak.key -subj /CN=weak'),
    ),
    no('path', 'a path', './certs/mdes.crt'),
    no('noEnd', 'PEM without its end', pem.subarray(0, 500)),
    no('derDamaged', 'DER cut short', der.subarray(0, 500)),
    no('readAsText', 'DER read as UTF-8', der.toString('utf8')),
    no('markup', 'a page of the portal', '<html><body>Sign in</body></html>'),
    no('sshPublic', 'a public key for SSH', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@here'),
  ];
}

/** The other pair's key, signed by ours. */
function chain(bench: Workbench): { readonly leaf: Buffer; readonly root: Buffer } {
  bench.run('req -new -key other.pem -subj /CN=leaf -out leaf.csr');
  const leaf = bench.make('x509 -req -in leaf.csr -CA ours.crt -CAkey ours.pem -set_serial 7 -days 30');
  return { leaf, root: bench.read('ours.crt') };
}

/** What should be the name of an algorithm is none. */
function misnamed(der: Buffer): Buffer {
  const at = der.indexOf(Buffer.from('06092a864886f70d01010b', 'hex'));
  return Buffer.from(der).fill(5, at, at + 1);
}
