/** The environment that points a gateway at a simulator of its own process, as `--write-env` would write it. */
import type { RunningSimulator } from '../../../src/simulator/simulator.js';

export function simulatorEnvironment({ mdes }: RunningSimulator): Record<string, string> {
  return {
    MDES_BASE_URL: mdes.baseUrl,
    MDES_CONSUMER_KEY: mdes.consumerKey,
    MDES_SIGNING_KEY: mdes.signingKeyPem,
    MDES_ENCRYPTION_CERTIFICATE: mdes.encryptionCertificatePem,
    MDES_ACCOUNT_RANGES: mdes.accountRanges.join(','),
  };
}
