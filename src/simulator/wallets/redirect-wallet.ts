/** The redirect wallet: takes the receipts from the address, lets the tester choose the results, and goes back. */
import { callbackWithResults } from './callback.js';
import { type HandOff, readHandOff } from './hand-off.js';
import { type Html, html } from './html.js';
import { refusalPage, type WalletAnswer, type WalletPage } from './page.js';
import { receiptLabel } from './receipt-label.js';
import { type ReceiptResult, settle, WALLET_RESULTS } from './wallet-results.js';
import type { WalletVisit } from './wallet-visit.js';

/** The form is sent to the page's own address, so that what was handed off is read, and verified, both times. */
export function visitRedirectWallet(visit: WalletVisit): WalletAnswer {
  const handOff = readHandOff(visit.query, visit.requestor, visit);
  if ('problem' in handOff) return refusalPage(400, 'This link cannot be used', handOff.problem);
  return visit.form === undefined ? chooserPage(handOff) : finish(visit, handOff, visit.form);
}

function finish({ requestor, receipts }: WalletVisit, handOff: HandOff, form: URLSearchParams): WalletAnswer {
  const wishes = form.getAll('result');
  const choices = handOff.receipts.flatMap((receipt, index) => {
    const wished = WALLET_RESULTS.find((result) => result === (wishes[index] ?? 'APPROVED'));
    return wished === undefined ? [] : [{ receipt, wished }];
  });
  if (choices.length < handOff.receipts.length) {
    return refusalPage(400, 'This cannot be done', 'A result is unknown.');
  }
  const results = choices.map(({ receipt, wished }) =>
    settle(receipts, requestor.tokenRequestorId, receipt, wished),
  );
  if (handOff.callbackUrl === undefined) return resultPage(results);
  const callbackForm = form.get('encoding') === 'raw' ? 'RAW' : 'ENCODED';
  return { kind: 'REDIRECT', location: callbackWithResults(handOff.callbackUrl, results, callbackForm) };
}

function chooserPage(handOff: HandOff): WalletPage {
  const { receipts, callbackUrl } = handOff;
  const title =
    receipts.length === 0 ? 'No card came along' : receipts.length === 1 ? 'Add your card' : 'Add your cards';
  const body = html`
<form method="post">
<ul>${receipts.map(chooser)}</ul>
${callbackUrl === undefined ? '' : encodingSwitch()}
<button>${receipts.length === 0 ? 'Go back' : 'Add'}</button>
</form>
${facts(handOff)}`;
  return { kind: 'PAGE', status: 200, title, body, form: callbackUrl === undefined ? 'STAYS' : 'LEADS_AWAY' };
}

function chooser(receipt: string): Html {
  const { product, masked } = receiptLabel(receipt);
  const options = WALLET_RESULTS.map((result) => html`<option>${result}</option>`);
  return html`<li>
<div>${product}<br><code>${masked}</code></div>
<label class="soft">What becomes of it<select name="result">${options}</select></label>
</li>`;
}

function encodingSwitch(): Html {
  return html`<label class="choice"><input type="checkbox" name="encoding" value="raw">Go back with brackets and pipe not encoded</label>`;
}

function facts({ signed, callbackUrl, callbackRequired, accountHolderDataSupplied, locale }: HandOff): Html {
  const mayStay = callbackUrl !== undefined && !callbackRequired;
  return html`<dl>
<dt>Handed off</dt><dd>${signed ? 'signed by MDES' : 'in plain parameters'}</dd>
<dt>Way back</dt><dd>${callbackUrl ?? 'none: you stay in the wallet'}${mayStay ? ' (up to the wallet)' : ''}</dd>
<dt>Holder data</dt><dd>${accountHolderDataSupplied ? 'supplied' : 'not supplied'}</dd>
<dt>Locale</dt><dd>${locale ?? 'not told'}</dd>
</dl>`;
}

function resultPage(results: readonly ReceiptResult[]): WalletPage {
  const added = results.every(({ tokenUniqueReference }) => tokenUniqueReference !== undefined);
  const many = results.length > 1;
  const title = added ? `Your ${many ? 'cards are' : 'card is'} in the wallet` : 'Not everything was added';
  const rows = results.map(({ receipt, result, tokenUniqueReference }) => {
    const { product, masked } = receiptLabel(receipt);
    const token = tokenUniqueReference === undefined ? '' : html`<code>${tokenUniqueReference}</code>`;
    return html`<li><div>${product}<br><code>${masked}</code></div><b>${result}</b>${token}</li>`;
  });
  return { kind: 'PAGE', status: 200, title, body: html`<ul>${rows}</ul>` };
}
