/** What happened at MDES, as the control room shows it: each call, unfolded on demand, and each push. */
import { createHash } from 'node:crypto';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import type { SimulatorState } from '../state/simulator-state.js';
import { type Html, html } from '../wallets/html.js';

const MOST_PUSHES = 20;

export function happened(
  { exchanges, pushes, clock }: SimulatorState,
  { requestors }: SimulatedCatalogue,
): Html {
  const names = new Map(requestors.map((one) => [one.tokenRequestorId, one.consumerFacingEntityName]));
  const calls = exchanges.list();
  const pushed = pushes.list().slice(-MOST_PUSHES).reverse();
  const ahead = Math.round((clock.now() - Date.now()) / 60_000);
  const parts = html`<p class="soft">The clock is ${ahead === 0 ? 'right' : `${String(ahead)} minutes ahead`}.</p>
<h2>Pushes</h2>
${pushed.length === 0 ? html`<p class="none">Nothing was pushed yet.</p>` : pushed.map((push) => pushEntry(push, names))}
<h2>Calls to MDES</h2>
${calls.length === 0 ? html`<p class="none">Nobody has called yet.</p>` : grouped(calls).map(groupEntry)}`;
  const state = createHash('sha256').update(parts.markup).digest('hex');
  return html`<section id="happened" data-state="${state}">${parts}</section>`;
}

/** Logos are fetched by the dozen: a run of such calls that went well is one line, to be unfolded. */
function grouped(calls: readonly object[]): readonly (readonly object[])[] {
  const groups: object[][] = [];
  let run: object[] | null = null;
  for (const call of calls) {
    if (!isPlainAsset(call)) run = null;
    if (run !== null) {
      run.push(call);
      continue;
    }
    const group = [call];
    groups.push(group);
    if (isPlainAsset(call)) run = group;
  }
  return groups;
}

function isPlainAsset(call: object): boolean {
  const { operation, status, signature, fault } = fieldsOf(call);
  return operation === 'getAsset' && status === 200 && signature === 'VALID' && fault === null;
}

/** Named by its oldest call, so that it stays unfolded while others join it. */
function groupEntry(calls: readonly object[]): Html {
  const [first, last] = [calls[0], calls.at(-1)];
  if (first === undefined || last === undefined) return html``;
  if (first === last) return callEntry(first);
  return html`<details class="group" id="group-${shown(fieldsOf(last)['number'])}"><summary><b>getAsset, ${String(calls.length)} times</b><span class="good">signed</span><span class="soft">HTTP 200 · ${shown(fieldsOf(first)['time']).slice(11, 19)}</span></summary><div>${calls.map(callEntry)}</div></details>`;
}

function callEntry(call: object): Html {
  const { number, time, operation, fault, status, signature, envelope, request, headers, body, payload } =
    fieldsOf(call);
  return html`<details id="call-${shown(number)}"><summary><b>${shown(operation)}</b>${verdict(signature, envelope, fault)}<span class="soft">${status === null ? 'no answer' : `HTTP ${shown(status)}`} · ${shown(time).slice(11, 19)}</span></summary>
<dl>${payload === null ? '' : html`<dt>Decrypted payload</dt><dd><pre>${json(payload)}</pre></dd>`}
<dt>Request</dt><dd>${shown(request)}</dd>
<dt>Signature (OAuth 1.0a)</dt><dd>${signature === null ? 'not looked at' : shown(signature)}</dd>
<dt>Headers</dt><dd>${headerLines(headers)}</dd>
${body === null ? '' : html`<dt>Body</dt><dd><pre>${json(body)}</pre></dd>`}
</dl></details>`;
}

function verdict(signature: unknown, envelope: unknown, fault: unknown): Html {
  if (fault !== null && signature === null) return html`<span class="bad">fault: ${shown(fault)}</span>`;
  if (signature === null) return html`<span class="soft">under way</span>`;
  if (signature !== 'VALID') return html`<span class="bad">signature refused</span>`;
  if (envelope === 'REFUSED') return html`<span class="bad">envelope refused</span>`;
  return html`<span class="good">signed${envelope === 'OPENED' ? ', envelope opened' : ''}</span>`;
}

function pushEntry(push: object, names: ReadonlyMap<string, string>): Html {
  const { requestId, verdict: word, tokenRequestorId, time } = fieldsOf(push);
  return html`<details id="push-${shown(requestId)}"><summary><b>to ${names.get(shown(tokenRequestorId)) ?? shown(tokenRequestorId)}</b><span class="${word === 'REFUSED' ? 'bad' : 'good'}">${shown(word)}</span><span class="soft">${shown(time).slice(11, 19)}</span></summary><pre>${json(push)}</pre></details>`;
}

function headerLines(headers: unknown): Html[] {
  return Object.entries(fieldsOf(headers)).map(([name, value]) => html`${name}: ${shown(value)}<br>`);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function shown(value: unknown): string {
  return String(value);
}

function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
