/** The redirect wallet: takes the receipts from the address, lets the tester choose the results, and goes back. */
import { callbackWithResults } from './callback.js';
import { type HandOff, readHandOff } from './hand-off.js';
import { type Html, html } from './html.js';
import { refusalPage, type WalletAnswer, type WalletPage } from './page.js';
import { lastFour, receiptLabel } from './receipt-label.js';
import { type ReceiptResult, settle, WALLET_RESULTS } from './wallet-results.js';
import type { WalletVisit } from './wallet-visit.js';

/** The form is sent to the page's own address, so that what was handed off is read, and verified, both times. */
export function visitRedirectWallet(visit: WalletVisit): WalletAnswer {
  const handOff = readHandOff(visit.query, visit.requestor, visit);
  if ('problem' in handOff) return refusalPage(400, 'This link cannot be used', handOff.problem);
  if (visit.form !== undefined) return finish(visit, handOff, visit.form);
  note(
    visit,
    handOff.receipts.map((receipt) => ({ receipt })),
  );
  return chooserPage(visit, handOff);
}

function note(
  { requestor, receipts, events }: WalletVisit,
  cards: readonly { readonly receipt: string; readonly result?: string }[],
): void {
  const { tokenRequestorId, consumerFacingEntityName: name } = requestor;
  events.note({
    kind: 'WALLET',
    tokenRequestorId,
    name,
    cards: cards.map(({ receipt, result }) => ({
      lastFour: lastFour(receipts, receipt),
      ...(result === undefined ? {} : { result }),
    })),
  });
}

function finish(visit: WalletVisit, handOff: HandOff, form: URLSearchParams): WalletAnswer {
  const { requestor, receipts } = visit;
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
  note(visit, results);
  if (handOff.callbackUrl === undefined) return resultPage(visit, results);
  const callbackForm = form.get('encoding') === 'raw' ? 'RAW' : 'ENCODED';
  return { kind: 'REDIRECT', location: callbackWithResults(handOff.callbackUrl, results, callbackForm) };
}

function chooserPage({ receipts }: WalletVisit, handOff: HandOff): WalletPage {
  const { receipts: handed, callbackUrl } = handOff;
  const title =
    handed.length === 0 ? 'No card came along' : handed.length === 1 ? 'Add your card' : 'Add your cards';
  const body = html`
<form method="post">
<ul>${handed.map((receipt) => html`<li>${receiptLabel(receipts, receipt)}</li>`)}</ul>
<button>${handed.length === 0 ? 'Go back' : 'Add'}</button>
<details><summary>For testers</summary>
${handed.map((receipt) => chooser(lastFour(receipts, receipt)))}
${callbackUrl === undefined ? '' : encodingSwitch()}
${facts(handOff)}
</details>
</form>`;
  return { kind: 'PAGE', status: 200, title, body, form: callbackUrl === undefined ? 'STAYS' : 'LEADS_AWAY' };
}

function chooser(card: string): Html {
  const options = WALLET_RESULTS.map((result) => html`<option>${result}</option>`);
  return html`<label class="soft">What becomes of it: •••• ${card}<select name="result">${options}</select></label>`;
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

function resultPage({ receipts }: WalletVisit, results: readonly ReceiptResult[]): WalletPage {
  const added = results.every(({ tokenUniqueReference }) => tokenUniqueReference !== undefined);
  const many = results.length > 1;
  const title = added ? `Your ${many ? 'cards are' : 'card is'} in the wallet` : 'Not everything was added';
  const rows = results.map(({ receipt, result, tokenUniqueReference }) => {
    const token = tokenUniqueReference === undefined ? '' : html`<code>${tokenUniqueReference}</code>`;
    return html`<li>${receiptLabel(receipts, receipt)}<b>${result}</b>${token}</li>`;
  });
  return { kind: 'PAGE', status: 200, title, body: html`<ul>${rows}</ul>` };
}
