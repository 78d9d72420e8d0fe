/** The bank's app, played by a page in a real Chromium: of another origin than the gateway, which it asks itself. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { createTokenConnectClient, type TokenConnectClient } from '../../../src/client/create-client.js';

/** `/back` is where a wallet leads back to: it shows what its own URL says. */
const APP = `<!doctype html>
<title>Moon Bank</title>
<link rel="icon" href="data:,">
<dl><dt>Push<dd id="push-id"><dt>Status<dd id="status"></dl>
<script>
  const query = new URLSearchParams(location.search);
  document.getElementById('push-id').textContent = query.get('pushId');
  document.getElementById('status').textContent = query.get('status');
</script>`;

export interface Bank {
  readonly url: string;
  close(): void;
}

export async function startBank(): Promise<Bank> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8').end(APP);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** `page` shows the app when it is opened; each request brings it back there, as an account holder goes back to it. */
export class BankApp {
  readonly client: TokenConnectClient;
  #token: Promise<string> | undefined;

  constructor(
    readonly page: Page,
    readonly bank: Bank,
    gatewayUrl: string,
  ) {
    this.client = createTokenConnectClient({
      url: `${gatewayUrl}/graphql`,
      fetch: (input, init) => this.#fetch(input, init),
      token: () => {
        this.#token ??= this.#signIn(gatewayUrl);
        return this.#token;
      },
    });
  }

  /** Leaves the app for a wallet, by the app's own doing. */
  async leaveFor(url: string): Promise<void> {
    await this.#comeBack();
    await this.page.evaluate(`location.assign(${JSON.stringify(url)})`);
    await this.page.waitForURL(({ origin }) => origin !== this.bank.url);
  }

  /** What the app shows at `/back`, once the account holder has come back there. */
  async shownAtReturn(): Promise<{ readonly url: URL; readonly pushId: string; readonly status: string }> {
    await this.page.waitForURL(({ origin }) => origin === this.bank.url);
    return {
      url: new URL(this.page.url()),
      pushId: await this.page.locator('#push-id').innerText(),
      status: await this.page.locator('#status').innerText(),
    };
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  async #signIn(gatewayUrl: string): Promise<string> {
    const answer = await this.#fetch(`${gatewayUrl}/demo/token?sub=susan`);
    const { access_token } = (await answer.json()) as { readonly access_token: string };
    return access_token;
  }

  async #comeBack(): Promise<void> {
    if (new URL(this.page.url()).origin !== this.bank.url) await this.page.goto(this.bank.url);
  }

  /** By the page, so that the browser asks the gateway whether this origin may. */
  async #fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    await this.#comeBack();
    const request = {
      method: init.method ?? 'GET',
      headers: [...new Headers(init.headers)],
      body: init.body,
    };
    const { status, headers, body } = await this.page.evaluate<PageAnswer>(
      `fetch(${JSON.stringify(String(input))}, ${JSON.stringify(request)}).then(async (answer) => ({
        status: answer.status, headers: [...answer.headers], body: await answer.text(),
      }))`,
    );
    return new Response(body, { status, headers: [...headers] });
  }
}

interface PageAnswer {
  readonly status: number;
  readonly headers: readonly [name: string, value: string][];
  readonly body: string;
}
