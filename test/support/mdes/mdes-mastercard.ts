/** Mastercard's own Node libraries, typed and set up for Token Connect: the third opinion of the contract tests. */
import { createRequire } from 'node:module';

export const PUSH_PATH = '/connect/1/0/pushMultipleAccounts';

export interface MastercardEncryption {
  encrypt(endpoint: string, header: unknown, body: unknown): { readonly body: unknown };
  decrypt(response: unknown): unknown;
}

export function mastercardEncryption(options: {
  readonly certificatePem: string;
  readonly privateKeyPem?: string;
  readonly oaepHash: 'SHA-256' | 'SHA-512';
}): MastercardEncryption {
  const { FieldLevelEncryption } = createRequire(import.meta.url)('mastercard-client-encryption') as {
    FieldLevelEncryption: new (config: unknown) => MastercardEncryption;
  };
  const clear = 'pushFundingAccounts.encryptedPayload.encryptedData';
  const sealed = 'pushFundingAccounts.encryptedPayload';
  return new FieldLevelEncryption({
    paths: [
      {
        path: PUSH_PATH,
        toEncrypt: [{ element: clear, obj: sealed }],
        toDecrypt: [{ element: sealed, obj: clear }],
      },
    ],
    ivFieldName: 'iv',
    encryptedKeyFieldName: 'encryptedKey',
    encryptedValueFieldName: 'encryptedData',
    oaepHashingAlgorithmFieldName: 'oaepHashingAlgorithm',
    publicKeyFingerprintFieldName: 'publicKeyFingerprint',
    publicKeyFingerprintType: 'certificate',
    dataEncoding: 'hex',
    oaepPaddingDigestAlgorithm: options.oaepHash,
    encryptionCertificate: options.certificatePem,
    ...(options.privateKeyPem !== undefined && { privateKey: options.privateKeyPem }),
    useCertificateContent: true,
  });
}

export function mastercardAuthorization(request: {
  readonly url: string;
  readonly method: string;
  readonly body: string;
  readonly consumerKey: string;
  readonly signingKeyPem: string;
}): string {
  const signer = createRequire(import.meta.url)('mastercard-oauth1-signer') as {
    getAuthorizationHeader(...parts: string[]): string;
  };
  const { url, method, body, consumerKey, signingKeyPem } = request;
  return signer.getAuthorizationHeader(url, method, body, consumerKey, signingKeyPem);
}
