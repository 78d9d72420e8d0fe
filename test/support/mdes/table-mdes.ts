/** A fake MDES with requestors of a test's choice, where every push of whatever succeeds: it knows no rules. */
import { openEnvelope } from '../../../src/simulator/wire/open-envelope.js';
import { makePng } from '../pictures.js';
import type { Flags } from '../push/requestor-table.js';
import { simulatorKeys } from '../simulator/start-simulator.js';
import { type FakeMdes, json, type Reply, startFakeMdes } from './fake-mdes.js';

export interface TableMdes {
  readonly fake: FakeMdes;
  /** MDES_ settings for a gateway, without its account ranges. */
  readonly environment: Readonly<Record<string, string>>;
  /** How many pushes have arrived. */
  pushes(): number;
  close(): Promise<void>;
}

/** @param enabled the 19-digit ranges that all of the requestors are enabled for
 * @param logo the PNG of every one of them */
export async function startTableMdes(
  requestors: readonly Flags[],
  enabled: readonly string[],
  logo: Buffer = makePng(),
): Promise<TableMdes> {
  const [fake, keys] = await Promise.all([startFakeMdes(), simulatorKeys()]);
  const envelopeKey = { privateKey: keys.encryptionPrivateKey, fingerprint: keys.encryptionFingerprint };
  let pushes = 0;

  function eligible(asked: readonly string[]): Reply {
    const enabledAccountRanges = asked.filter((range) => enabled.includes(range));
    const tokenRequestors = requestors.map(({ id, type, ...requestor }) => ({
      ...requestor,
      tokenRequestorId: id,
      tokenRequestorType: type,
      supportIssuerInitiatedDigitizationData: requestor.supportsIssuerInitiatedDigitizationData,
      enabledAccountRanges,
    }));
    return json(200, { responseId: 'x', tokenRequestors });
  }

  function pushed({ requestId, pushFundingAccounts, ...request }: WirePush): Reply {
    pushes++;
    const opened = openEnvelope(envelopeKey, pushFundingAccounts.encryptedPayload);
    if (!opened.ok) throw new Error('the envelope does not open');
    const accounts = JSON.parse(opened.value.toString('utf8')) as readonly { pushAccountId: string }[];
    const withData = request.requestIssuerInitiatedDigitizationData === true;
    return json(200, {
      responseId: requestId,
      pushAccountReceipts: accounts.map(({ pushAccountId }) => ({
        pushAccountId,
        pushAccountReceipt: `MCC-${pushAccountId}`,
        ...(withData && { issuerInitiatedDigitizationData: 'e30=' }),
      })),
      ...(!withData && { availablePushMethods: [{ type: 'WEB', uri: 'https://wallet.example/push' }] }),
    });
  }

  const logoAnswer = json(200, {
    mediaContents: [{ type: 'image/png', data: logo.toString('base64'), width: '2', height: '3' }],
  });
  fake.answer((response, request) => {
    if (request.method === 'GET') return logoAnswer(response, request);
    const body = JSON.parse(request.body.toString('utf8'));
    const reply = request.path.endsWith('/pushMultipleAccounts')
      ? pushed(body)
      : eligible(body.accountRanges);
    return reply(response, request);
  });
  return {
    fake,
    environment: {
      MDES_BASE_URL: fake.baseUrl,
      MDES_CONSUMER_KEY: keys.consumerKey,
      MDES_SIGNING_KEY: keys.signingKeyPem,
      MDES_ENCRYPTION_CERTIFICATE: keys.encryptionCertificatePem,
    },
    pushes: () => pushes,
    close: () => fake.close(),
  };
}

interface WirePush {
  readonly requestId: string;
  readonly requestIssuerInitiatedDigitizationData?: boolean;
  readonly pushFundingAccounts: {
    readonly encryptedPayload: Parameters<typeof openEnvelope>[1];
  };
}
