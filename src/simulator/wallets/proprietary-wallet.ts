/** The proprietary wallet: takes digitization data, and calls nobody back: the issuer's app reports the result. */
import { REDEEM_REFUSALS } from '../control/redeem.js';
import { readDigitizationData } from './digitization-data.js';
import { type Html, html } from './html.js';
import { refusalPage, type WalletAnswer, type WalletPage } from './page.js';
import { lastFour, receiptLabel } from './receipt-label.js';
import { backToApp } from './sdk-return.js';
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

export function visitProprietaryWallet(visit: WalletVisit): WalletAnswer {
  const { requestor, receipts, events, query, form } = visit;
  const { tokenRequestorId, consumerFacingEntityName: name } = requestor;
  const receipt = readDigitizationData(query.get('data') ?? '');
  if (receipt === undefined) return notAdded(visit, 400, 'the digitization data is malformed', 'ERROR');
  const refusal = receipts.refusalOf(receipt, tokenRequestorId);
  if (refusal !== undefined) {
    const { status, message } = REDEEM_REFUSALS[refusal];
    const result = refusal === 'RECEIPT_ALREADY_REDEEMED' ? 'DUPLICATE_REQUEST' : 'ERROR';
    return notAdded(visit, status, message, result);
  }
  const card = { lastFour: lastFour(receipts, receipt) };
  if (form === undefined) {
    events.note({ kind: 'WALLET', tokenRequestorId, name, cards: [card] });
    return chooserPage(visit, receipt);
  }
  const wished = form.get('decision') ?? 'added';
  const decision = DECISIONS.find((one) => one.name === wished);
  if (decision === undefined) return refusalPage(400, 'This cannot be done', 'The decision is unknown.');
  const { result, tokenUniqueReference } = settle(receipts, tokenRequestorId, receipt, decision.result);
  events.note({ kind: 'WALLET', tokenRequestorId, name, cards: [{ ...card, result }] });
  const body = html`${receiptLabel(receipts, receipt)}${report(visit, result, tokenUniqueReference)}`;
  return { kind: 'PAGE', status: 200, title: decision.title, body };
}

function chooserPage({ receipts }: WalletVisit, receipt: string): WalletPage {
  const choices = DECISIONS.map(
    ({ name, label }, index) =>
      html`<label class="choice"><input type="radio" name="decision" value="${name}"${index === 0 ? html` checked` : ''}>${label}</label>`,
  );
  const body = html`
<form method="post">
<ul><li>${receiptLabel(receipts, receipt)}</li></ul>
<button>Continue</button>
<details><summary>For testers</summary>
<fieldset><legend>What the wallet decides</legend>${choices}</fieldset>
</details>
</form>`;
  return { kind: 'PAGE', status: 200, title: 'Add your card', body, form: 'STAYS' };
}

function notAdded(visit: WalletVisit, status: number, why: string, result: WalletResult): WalletPage {
  return {
    kind: 'PAGE',
    status,
    title: result === 'DUPLICATE_REQUEST' ? 'Your card is here already' : 'Your card was not added',
    body: html`<p>Why: ${why}.</p>${report(visit, result)}`,
  };
}

/** What the wallet's SDK hands to the app: as a link where the app said where it is, and for testers to read. */
function report(visit: WalletVisit, result: WalletResult, tokenUniqueReference?: string): Html {
  const back = backToApp(visit.query, result);
  const token =
    tokenUniqueReference === undefined
      ? ''
      : html`<p class="soft">Token unique reference<br><code id="token-unique-reference">${tokenUniqueReference}</code></p>`;
  const facts = html`<div class="report">Your bank’s app should now report<b id="result">${result}</b></div>
${token}
<p class="soft">This wallet calls nobody back.</p>`;
  if (back === undefined) return facts;
  return html`<a class="button" href="${back}">Back to your bank’s app</a>
<details><summary>For testers</summary>${facts}</details>`;
}
