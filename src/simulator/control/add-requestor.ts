/** POST /simulator/token-requestors: one more wallet or merchant, with a logo of one's own. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { type ControlAnswer, readControlBody } from './control-request.js';

const requestorOrder = z.strictObject({
  name: z.string().trim().min(1).max(64),
  type: z.enum(['WALLET', 'MERCHANT']).default('WALLET'),
  /** The gateway judges it as any logo. */
  logoSvg: z
    .string()
    .trim()
    .max(50_000)
    .regex(/^(?:$|<)/, 'must be an SVG')
    .default(''),
});
const FIRST_ID = 50_138_000_001;

/** It takes every account, and stays through a reset, as at Mastercard. */
export async function addRequestor(
  catalogue: SimulatedCatalogue,
  request: IncomingMessage,
): Promise<ControlAnswer> {
  const order = await readControlBody(request, requestorOrder);
  if ('bad' in order) return order.bad;
  const { name, type, logoSvg } = order.value;
  const tokenRequestorId = String(FIRST_ID + catalogue.added());
  const methods = ['ANDROID', 'IOS', 'WEB'];
  const imageAssetId = randomUUID();
  catalogue.add({
    tokenRequestorId,
    name,
    consumerFacingEntityName: name,
    imageAssetId,
    tokenRequestorType: type,
    supportedPushMethods: methods,
    supportsMultiplePushedCards: true,
    supportedAccountHolderData: ['NAME'],
    availablePushMethods: methods.map((method) => ({
      type: method,
      uri: `/wallet/${tokenRequestorId}/push`,
    })),
    supportIssuerInitiatedDigitizationData: true,
    tokenRequestorSignatureSupport: true,
    enabledFor: { issuers: ['MOON', 'HARBOUR', 'ALPINE', 'DESERT'] },
    logo: 'kite',
    ...(logoSvg === '' ? {} : { ownLogo: logoSvg }),
  });
  return { status: 200, body: { tokenRequestorId, imageAssetId } };
}
