/** What no push can go below: one RSA-2048 signature, one RSA-OAEP wrap and one AES envelope, done over and over. */
import { createCipheriv, generateKeyPairSync, publicEncrypt, randomBytes, sign } from 'node:crypto';
import { answerParent } from '../../faults/support/child.js';

const PAYLOAD = Buffer.alloc(420, '{"pushAccountId":"CA-0","fundingAccountData":{}}');
const SIGNED = Buffer.alloc(900, 'POST&https%3A%2F%2Fapi.mastercard.com');
const signing = generateKeyPairSync('rsa', { modulusLength: 2048 });
const encryption = generateKeyPairSync('rsa', { modulusLength: 2048 });

answerParent({
  /** CPU time of each, in milliseconds. */
  run(seconds: number): number {
    const until = performance.now() + seconds * 1000;
    const cpu = process.cpuUsage();
    let done = 0;
    for (; performance.now() < until; done++) onePush();
    const { user, system } = process.cpuUsage(cpu);
    return (user + system) / 1000 / done;
  },
});

function onePush(): void {
  const key = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', key, randomBytes(16));
  const sealed = Buffer.concat([cipher.update(PAYLOAD), cipher.final()]).toString('hex');
  const wrapped = publicEncrypt({ key: encryption.publicKey, oaepHash: 'sha512' }, key).toString('hex');
  const signature = sign('sha256', SIGNED, signing.privateKey).toString('base64');
  if (sealed.length + wrapped.length + signature.length === 0) throw new Error('nothing was made');
}
