/** Reads the receipt out of digitization data: JSON in base64, or in base64url as it suits a link. */
import { z } from 'zod';
import { parseJson } from '../http/parse-json.js';

const digitizationData = z.object({
  fundingAccountInfo: z.object({ pushAccountReceipt: z.string().min(1).max(64) }),
});

/** A plus sign that was not encoded arrives as a blank and is not base64 any more: that is the link's fault. */
const BASE64 = /^[A-Za-z0-9+/_-]{1,1000}={0,2}$/;

/** `undefined` when it is malformed. */
export function readDigitizationData(text: string): string | undefined {
  if (!BASE64.test(text)) return undefined;
  const json = parseJson(Buffer.from(text, 'base64'));
  return json.ok
    ? digitizationData.safeParse(json.value).data?.fundingAccountInfo.pushAccountReceipt
    : undefined;
}
