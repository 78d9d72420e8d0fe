/** Why MDES did not take a call: what Mastercard's developers run into, told apart by what came back. */

import type { MdesError } from '../../mdes/mdes-error.js';
import { TransportError } from '../../resilience/http-exchange.js';
import { connectionFault } from '../connection-fault.js';
import { type Diagnosis, diagnosis } from '../finding.js';
import { type Ended, type Patient, textOf } from './patient.js';

const SETTING = 'MDES_BASE_URL';
/** MDES takes the time of a request within some minutes; what is nearer is no reason for a no. */
export const SKEW_THAT_MATTERS_MS = 60_000;
const EXAMPLE = 'https://sandbox.api.mastercard.com/mdes';

export interface Failed {
  readonly error: MdesError;
  readonly ended: Ended;
}

/** @param target method and URL that we have signed for */
export function whyRefused({ error, ended }: Failed, patient: Patient, target: string): Diagnosis {
  if (ended instanceof TransportError) return connectionFault(ended.code, SETTING);
  if (ended === null) {
    return diagnosis(
      'NOT_SENT',
      `Nothing was sent: ${error.message}.`,
      'Report it: this is a fault of the gateway.',
    );
  }
  const text = textOf(ended);
  const { status } = ended;
  const reason = error.reason?.reasonCode ?? '';
  if (/no required ssl certificate/i.test(text) || reason === 'INVALID_CLIENT_CERT') {
    return diagnosis(
      'HOST_WANTS_CLIENT_CERTIFICATE',
      'This host lets nobody in without a client certificate. MDES Token Connect is called by signature alone, at another host.',
      `Set ${SETTING} to the address of the API, like ${EXAMPLE}.`,
    );
  }
  const ofSignature = whyNotAuthenticated(reason, text, patient, target);
  if (ofSignature !== null) return ofSignature;
  if (status === 401 || reason === 'DECLINED') {
    return diagnosis(
      'NOT_ENTITLED',
      'Mastercard knows who calls, and the project has no access to MDES Token Connect here (HTTP 401).',
      'Have the project bound to your MDES implementation project (CIS number) for this environment.',
    );
  }
  if (reason === 'AUTHORIZATION_FAILED') {
    return diagnosis(
      'NOT_ONBOARDED',
      'MDES knows who calls, and this client may not do that (AUTHORIZATION_FAILED).',
      'Ask Mastercard to finish the onboarding of these account ranges.',
    );
  }
  if (status === 429) {
    return diagnosis(
      'THROTTLED',
      'MDES answers, but takes no more calls just now (HTTP 429).',
      'Look again in a while; ask for a higher quota.',
    );
  }
  return whyNoAnswerOfMdes(status, reason, text);
}

function whyNotAuthenticated(
  reason: string,
  text: string,
  { skewMs = 0, identity }: Patient,
  target: string,
): Diagnosis | null {
  switch (reason) {
    case 'INVALID_KEY':
      return diagnosis(
        'CONSUMER_KEY_UNKNOWN',
        `Mastercard does not know this consumer key, or its signing certificate has ended${oddities(identity.consumerKey.reveal())}.`,
        'Compare MDES_CONSUMER_KEY with the portal: sandbox and production have keys of their own. Renew the key there if it has ended.',
      );
    case 'INVALID_BODY_HASH':
      return diagnosis(
        'BODY_CHANGED_ON_THE_WAY',
        'What arrives is not what was signed: something on the way writes the JSON anew (blanks, slashes, characters).',
        'Have proxy, mesh or firewall pass the body on byte for byte.',
      );
    case 'INVALID_AUTH_HEADER':
    case 'INVALID_OAUTH_SBS':
      return diagnosis(
        'SIGNATURE_TAKEN_AWAY',
        `The Authorization header does not arrive as it was sent (${reason}).`,
        'Have proxy, mesh or firewall pass that header on.',
      );
    case 'AUTHENTICATION_FAILED':
      return whySignatureDiffers(text, skewMs, target);
    default:
      return null;
  }
}

function whySignatureDiffers(text: string, skewMs: number, target: string): Diagnosis {
  if (Math.abs(skewMs) > SKEW_THAT_MATTERS_MS) return clockDiffers(skewMs);
  const seen = signedFor(text);
  if (seen !== null && seen !== target) {
    return diagnosis(
      'URL_DIFFERS',
      `Mastercard was asked for ${seen}, and we have signed for ${target}: the address is rewritten on the way, or spelled otherwise here.`,
      `Set ${SETTING} to the address as Mastercard sees it.`,
    );
  }
  return diagnosis(
    'SIGNING_KEY_DIFFERS',
    'The signature is of another key: MDES_SIGNING_KEY does not belong to MDES_CONSUMER_KEY.',
    'Take key and consumer key from one and the same project and environment of the portal.',
  );
}

export function clockDiffers(skewMs: number): Diagnosis {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return diagnosis(
    'CLOCK_DIFFERS',
    `This machine's clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} that of MDES, which then takes no signature.`,
    'Set the clock (NTP).',
  );
}

/** From Mastercard's own words: the base string of the signature begins with method and URL. The rest is left unread. */
function signedFor(text: string): string | null {
  const [, method, url] = /signature base string: ?(GET|POST)&([\w%.~-]{1,500})&/.exec(text) ?? [];
  if (method === undefined || url === undefined) return null;
  try {
    return `${method} ${decodeURIComponent(url)}`;
  } catch {
    return null;
  }
}

function oddities(consumerKey: string): string {
  if (/%21/i.test(consumerKey)) return ': it is percent-encoded (%21), and belongs here with its !';
  if (!consumerKey.includes('!')) return ': it holds no !, which every consumer key does';
  return consumerKey.length === 97
    ? ''
    : `: it has ${consumerKey.length} characters, and consumer keys have 97`;
}

function whyNoAnswerOfMdes(status: number, reason: string, text: string): Diagnosis {
  const said = reason === '' ? `HTTP ${status}` : `HTTP ${status}, ${reason}`;
  if (status === 407) {
    return diagnosis(
      'PROXY_WANTS_PASSWORD',
      'The proxy on the way wants to know who asks (HTTP 407).',
      'Give it user name and password.',
    );
  }
  if (status >= 500) {
    return diagnosis(
      'MDES_IN_TROUBLE',
      `MDES, or what stands before it, is in trouble (${said}).`,
      'Look again in a while; tell Mastercard if it lasts.',
    );
  }
  if (status >= 300 && status < 400) {
    return diagnosis(
      'ELSEWHERE',
      `Whoever answers at ${SETTING} sends us elsewhere (${said}).`,
      `It is not the API: that is at an address like ${EXAMPLE}.`,
    );
  }
  if (status === 404 || (status < 300 && !text.trimStart().startsWith('{'))) {
    return diagnosis(
      'NOT_THE_API',
      `The API is not at ${SETTING} (${said}).`,
      `Give it with /mdes (or /mdes/mtf) and nothing after that, like ${EXAMPLE}.`,
    );
  }
  if (reason === '') {
    return diagnosis(
      'REFUSED_ON_THE_WAY',
      `Somebody answers in the place of Mastercard (${said}, not in its words): a proxy or firewall.`,
      'Have it let calls to the host of MDES_BASE_URL through.',
    );
  }
  return diagnosis(
    'REFUSED',
    `MDES refuses the call (${said}).`,
    'Look its reason code up in the documents of MDES Token Connect.',
  );
}
