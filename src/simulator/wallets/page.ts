/** A wallet's page and the headers that it goes out with: no script, nothing from elsewhere, kept by nobody. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { logoSvg } from '../catalogue/logo-drawings.js';
import { sendText } from '../http/answer.js';
import { Html, html } from './html.js';
import { PAGE_STYLE } from './page-style.js';

export interface WalletPage {
  readonly kind: 'PAGE';
  readonly status: number;
  readonly title: string;
  readonly body: Html;
  /** Where its form may lead to: nowhere unless said. */
  readonly form?: 'STAYS' | 'LEADS_AWAY';
}

export type WalletAnswer = WalletPage | { readonly kind: 'REDIRECT'; readonly location: string };

export function refusalPage(status: number, title: string, why: string): WalletPage {
  return { kind: 'PAGE', status, title, body: html`<p>${why}</p>` };
}

export function sendWalletAnswer(
  response: ServerResponse,
  answer: WalletAnswer,
  requestor?: CatalogueEntry,
): void {
  if (response.destroyed) return;
  // The address holds receipts: neither a cache nor the next site may see it.
  response.setHeader('cache-control', 'no-store');
  response.setHeader('referrer-policy', 'no-referrer');
  if (answer.kind === 'REDIRECT') {
    response.writeHead(303, { location: answer.location, 'content-length': 0 }).end();
    return;
  }
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', contentSecurityPolicy(answer.form));
  sendText(response, answer.status, 'text/html; charset=utf-8', wholePage(answer, requestor).markup);
}

function contentSecurityPolicy(form: WalletPage['form']): string {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
    'img-src data:',
    "base-uri 'none'",
    // The demo bank shows them inside its phone, beside what happens underneath.
    'frame-ancestors http://127.0.0.1:* http://localhost:*',
  ];
  if (form === 'STAYS') policy.push("form-action 'self'");
  // Chromium holds a form to form-action through every redirect that follows, and a wallet cannot know where the
  // issuer's callback leads on to. So the page that leads there has none.
  if (form === undefined) policy.push("form-action 'none'");
  return policy.join('; ');
}

function wholePage({ title, body }: WalletPage, requestor: CatalogueEntry | undefined): Html {
  const logo = requestor === undefined ? undefined : logoUrl(requestor);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${requestor === undefined ? '' : ` – ${requestor.consumerFacingEntityName}`}</title>
<link rel="icon" href="${logo ?? 'data:,'}">
${new Html(`<style>${PAGE_STYLE}</style>`)}
</head>
<body>
<main>
${requestor === undefined ? '' : letterhead(requestor, logo ?? '')}
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

function letterhead({ consumerFacingEntityName }: CatalogueEntry, logo: string): Html {
  return html`<header><img src="${logo}" alt=""><p><bdi>${consumerFacingEntityName}</bdi><small>Simulated: no real card, no real money</small></p></header>`;
}

function logoUrl({ logo, ownLogo = logoSvg(logo) }: CatalogueEntry): string {
  return `data:image/svg+xml;base64,${Buffer.from(ownLogo).toString('base64')}`;
}
