/** The pages beside the demo bank: the wallets' own, where a redirect ends, the control room. */
import { callbackPage } from '../../../src/server/routes/callback-page.js';
import type { CallbackPage } from '../../../src/server/routes/callback-words.js';
import { codes } from '../../support/gateway.js';
import { LARK, SWALLOW } from '../../support/requestors.js';
import type { WatchedPage } from '../browser.js';
import type { State, StatesStage } from './state.js';

const PUSH = `mutation ($input: PushCardInput!) { pushCard(input: $input) {
  ... on Push { handOffs { url } accounts { issuerInitiatedDigitizationData } }
} }`;

async function pushOf(stage: StatesStage, input: object) {
  const asked = { idempotencyKey: crypto.randomUUID(), platform: 'WEB', ...input };
  const answer = await stage.gateway.graphql(PUSH, { input: asked });
  if (answer.errors !== undefined) throw new Error(codes(answer).join());
  return answer.data.pushCard;
}

async function redirectWallet(
  stage: StatesStage,
  fundingAccountIds: readonly string[],
): Promise<WatchedPage> {
  const { handOffs } = await pushOf(stage, { tokenRequestorId: SWALLOW, fundingAccountIds });
  return stage.page(handOffs[0].url);
}

async function dataWallet(stage: StatesStage): Promise<WatchedPage> {
  const input = {
    tokenRequestorId: LARK,
    fundingAccountIds: ['card-1'],
    requestIssuerInitiatedDigitizationData: true,
  };
  const { accounts } = await pushOf(stage, input);
  const data = encodeURIComponent(accounts[0].issuerInitiatedDigitizationData);
  return stage.page(`${stage.gateway.simulatorUrl}/wallet/${LARK}/add?data=${data}`);
}

async function decided(stage: StatesStage, choice: string): Promise<WatchedPage> {
  const shown = await dataWallet(stage);
  await shown.page.getByText('For testers').click();
  await shown.page.getByRole('radio', { name: choice, exact: true }).check();
  await shown.page.getByRole('button', { name: 'Continue' }).click();
  await shown.page.locator('#result').waitFor({ state: 'attached' });
  return shown;
}

function callback(page: CallbackPage, language: string): State {
  return {
    name: `callback-${page.toLowerCase().replaceAll('_', '-')}-${language}`,
    async come(stage) {
      const shown = await stage.page('about:blank');
      await shown.page.setContent(callbackPage(page, [language]));
      return shown;
    },
  };
}

const WALLET_PAGES: readonly State[] = [
  { name: 'wallet-redirect', come: (stage) => redirectWallet(stage, ['card-1']) },
  {
    name: 'wallet-redirect-three-testers',
    async come(stage) {
      const shown = await redirectWallet(stage, ['card-1', 'card-2', 'account-1']);
      await shown.page.getByText('For testers').click();
      return shown;
    },
  },
  {
    name: 'wallet-redirect-stays',
    async come(stage) {
      const shown = await redirectWallet(stage, ['card-1', 'card-2']);
      await shown.page.getByRole('button', { name: 'Add' }).click();
      await shown.page.getByRole('heading', { name: /in the wallet/ }).waitFor();
      return shown;
    },
  },
  { name: 'wallet-data', come: dataWallet },
  ...['Add it', 'Add it, activation needed', 'Decline it', 'Cancel'].map((choice) => ({
    name: `wallet-data-${choice.toLowerCase().replaceAll(/\W+/g, '-')}`,
    come: (stage: StatesStage) => decided(stage, choice),
  })),
];

const CONTROL_ROOM: readonly State[] = [
  {
    name: 'control-room-many-logos',
    async come(stage) {
      await stage.gateway.graphql('{ tokenRequestors { logo { mediaContents { type } } } }');
      const shown = await stage.page(stage.gateway.simulatorUrl);
      await shown.page
        .locator('summary', { hasText: /^getAsset, \d+ times/ })
        .first()
        .click();
      return shown;
    },
  },
  { name: 'control-room', come: (stage) => stage.page(stage.gateway.simulatorUrl) },
  {
    name: 'control-room-a-push',
    async come(stage) {
      await pushOf(stage, { tokenRequestorId: SWALLOW, fundingAccountIds: ['card-1', 'card-2'] });
      const shown = await stage.page(stage.gateway.simulatorUrl);
      await shown.page.locator('summary', { hasText: 'envelope opened' }).first().click();
      return shown;
    },
  },
  {
    name: 'control-room-ordered',
    async come(stage) {
      const shown = await stage.page(stage.gateway.simulatorUrl);
      await shown.page.getByRole('button', { name: 'Make it fail' }).click();
      await shown.page.getByText('Ordered.').waitFor();
      await shown.page.getByLabel('Name').fill('Heron Pay');
      await shown.page.getByRole('button', { name: 'Add a wallet or merchant' }).click();
      await shown.page.getByText(/^Added as/).waitFor();
      return shown;
    },
  },
];

/** The first of all: the gateway has no logos yet. */
export const OTHER_PAGES: readonly State[] = [
  ...CONTROL_ROOM,
  ...WALLET_PAGES,
  callback('DONE', 'en'),
  callback('AGAIN', 'en'),
  callback('NOT_OURS', 'en'),
  callback('NOT_OURS', 'ar'),
];
