/** The proprietary wallet: takes digitization data, and calls nobody back: the issuer's app reports the result. */
import { REDEEM_REFUSALS } from '../control/redeem.js';
import { readDigitizationData } from './digitization-data.js';
import { type Html, html } from './html.js';
import { refusalPage, type WalletAnswer, type WalletPage } from './page.js';
import { receiptLabel } from './receipt-label.js';
import { settle, type WalletResult } from './wallet-results.js';
import type { WalletVisit } from './wallet-visit.js';

interface Decision {
  readonly name: string;
  readonly label: string;
  readonly title: string;
  readonly result: WalletResult;
}

const DECISIONS: readonly Decision[] = [
  { name: 'added', label: 'Add it', title: 'Your card is added', result: 'APPROVED' },
  {
    name: 'needs-activation',
    label: 'Add it, activation needed',
    title: 'Your card is added, but not active yet',
    result: 'REQUIRE_ADDITIONAL_AUTHENTICATION',
  },
  { name: 'declined', label: 'Decline it', title: 'Your card was declined', result: 'DECLINED' },
  { name: 'cancelled', label: 'Cancel', title: 'You cancelled', result: 'CANCELLED' },
];

export function visitProprietaryWallet({ requestor, receipts, query, form }: WalletVisit): WalletAnswer {
  const receipt = readDigitizationData(query.get('data') ?? '');
  if (receipt === undefined) return notAdded(400, 'the digitization data is malformed', 'ERROR');
  const refusal = receipts.refusalOf(receipt, requestor.tokenRequestorId);
  if (refusal !== undefined) {
    const { status, message } = REDEEM_REFUSALS[refusal];
    return notAdded(status, message, refusal === 'RECEIPT_ALREADY_REDEEMED' ? 'DUPLICATE_REQUEST' : 'ERROR');
  }
  if (form === undefined) return chooserPage(receipt);
  const wished = form.get('decision') ?? 'added';
  const decision = DECISIONS.find(({ name }) => name === wished);
  if (decision === undefined) return refusalPage(400, 'This cannot be done', 'The decision is unknown.');
  const { result, tokenUniqueReference } = settle(
    receipts,
    requestor.tokenRequestorId,
    receipt,
    decision.result,
  );
  return { kind: 'PAGE', status: 200, title: decision.title, body: report(result, tokenUniqueReference) };
}

function chooserPage(receipt: string): WalletPage {
  const { product, masked } = receiptLabel(receipt);
  const choices = DECISIONS.map(
    ({ name, label }, index) =>
      html`<label class="choice"><input type="radio" name="decision" value="${name}"${index === 0 ? html` checked` : ''}>${label}</label>`,
  );
  const body = html`
<form method="post">
<ul><li><div>${product}<br><code>${masked}</code></div></li></ul>
<fieldset><legend>What the wallet decides</legend>${choices}</fieldset>
<button>Continue</button>
</form>`;
  return { kind: 'PAGE', status: 200, title: 'Add your card', body, form: 'STAYS' };
}

function notAdded(status: number, why: string, result: WalletResult): WalletPage {
  return {
    kind: 'PAGE',
    status,
    title: 'Your card was not added',
    body: html`<p>Why: ${why}.</p>${report(result)}`,
  };
}

function report(result: WalletResult, tokenUniqueReference?: string): Html {
  const token =
    tokenUniqueReference === undefined
      ? ''
      : html`<p class="soft">Token unique reference<br><code id="token-unique-reference">${tokenUniqueReference}</code></p>`;
  return html`<div class="report">Your bank’s app should now report<b id="result">${result}</b></div>
${token}
<p class="soft">This wallet calls nobody back.</p>`;
}
