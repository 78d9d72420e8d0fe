/** The control room at the simulator's `/`: what MDES saw, and what it is told to do. Nothing in it comes from elsewhere. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SimulatedCatalogue } from '../catalogue/catalogue.js';
import { MAGIC_REQUESTORS } from '../catalogue/magic.js';
import { sendText } from '../http/answer.js';
import { FAULTS } from '../operations/faults.js';
import { OPERATIONS } from '../operations/operation.js';
import type { SimulatorState } from '../state/simulator-state.js';
import { Html, html } from '../wallets/html.js';
import { happened } from './happened.js';
import { CONTROL_ROOM_SCRIPT } from './script.js';
import { CONTROL_ROOM_STYLE } from './style.js';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const POLICY = [
  "default-src 'none'",
  `script-src ${hashOf(CONTROL_ROOM_SCRIPT)}`,
  `style-src ${hashOf(CONTROL_ROOM_STYLE)}`,
  "connect-src 'self'",
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Room {
  readonly state: SimulatorState;
  readonly catalogue: SimulatedCatalogue;
  readonly publicUrl: string;
}

/** A browser is shown the page; a program is told what there is, as JSON. */
export function wantsControlRoom({ method, headers }: IncomingMessage, path: string): boolean {
  return method === 'GET' && path === '/' && /\btext\/html\b/.test(headers.accept ?? '');
}

export function sendControlRoom(response: ServerResponse, { state, catalogue, publicUrl }: Room): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('vary', 'accept');
  response.setHeader('content-security-policy', POLICY);
  sendText(response, 200, 'text/html; charset=utf-8', page({ state, catalogue, publicUrl }).markup);
}

const operation = picker('Operation', 'operation', [...OPERATIONS].reverse());
const times = html`<label>How often<input type="number" name="times" value="1" min="1"></label>`;

const CONTROLS = [
  control('Make it fail', '/simulator/faults', 'Ordered.', [
    operation,
    picker('What happens instead', 'fault', FAULTS),
    times,
  ]),
  control('Force an outcome', '/simulator/outcomes', 'Ordered.', [
    picker(
      'What the next push comes to',
      'outcome',
      MAGIC_REQUESTORS.map((magic) => magic.outcome),
    ),
    times,
  ]),
  control('Move the clock', '/simulator/clock', 'Moved.', [
    html`<label>Minutes ahead: receipts are good for 15<input type="number" name="advanceMs" data-times="60000" value="16" min="1"></label>`,
  ]),
  control('Add a wallet or merchant', '/simulator/token-requestors', 'Added as', [
    html`<label>Name<input name="name" maxlength="64" required></label>`,
    picker('Kind', 'type', ['WALLET', 'MERCHANT']),
    html`<label>Logo, an SVG of your own<textarea name="logoSvg" rows="3" placeholder="&lt;svg …&gt;"></textarea></label>
<p class="soft">Apps see it once the gateway has refreshed its catalogue.</p>`,
  ]),
  control('Start over', '/simulator/reset', 'As at the start.', []),
];

function page({ state, catalogue, publicUrl }: Room): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>MDES simulator: control room</title>
<link rel="icon" href="data:,">
${new Html(`<style>${CONTROL_ROOM_STYLE}</style>`)}
</head>
<body>
<header><h1>Control room</h1><p class="soft">The simulator that stands in for MDES at ${publicUrl}. No real card, no real money.</p><a class="past" href="#happened">What happened</a></header>
<main class="room">
<section aria-label="Controls">${CONTROLS}</section>
${happened(state, catalogue)}
</main>
${new Html(`<script>${CONTROL_ROOM_SCRIPT}</script>`)}
</body>
</html>
`;
}

function control(title: string, route: string, done: string, fields: readonly Html[]): Html {
  return html`<form action="${route}" data-done="${done}"><h3>${title}</h3>${fields}<button>${title}</button><output></output></form>`;
}

function picker(label: string, name: string, values: readonly string[]): Html {
  return html`<label>${label}<select name="${name}">${values.map((value) => html`<option>${value}</option>`)}</select></label>`;
}
