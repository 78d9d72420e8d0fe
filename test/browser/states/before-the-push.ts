/** The demo bank before anything leaves the bank: cards, wallets, consent, testers, and each language's direction. */
import type { BankPage } from '../demo-bank/bank-page.js';
import type { State, StatesStage } from './state.js';

const TWO = ['Moon Bank Credit', 'Moon Bank Debit'] as const;

async function choosing(stage: StatesStage, ...cards: readonly string[]): Promise<BankPage> {
  const bank = await stage.bank();
  await bank.choose(...cards);
  return bank;
}

async function consent(stage: StatesStage, path: string, accountHolder = 'susan'): Promise<BankPage> {
  const bank = await stage.bank(accountHolder);
  await bank.page.evaluate(`location.hash = '#/consent/${path}'`);
  await bank.title(/^Add to /).waitFor();
  await bank.phone.getByText('What is shared').waitFor();
  return bank;
}

export const BEFORE_THE_PUSH: readonly State[] = [
  { name: 'cards', come: (stage) => stage.bank() },
  {
    name: 'cards-none-chosen',
    async come(stage) {
      const bank = await stage.bank();
      await bank.phone.getByRole('button', { name: 'Continue' }).click();
      await bank.phone.getByText('Choose a card or account first.').waitFor();
      return bank;
    },
  },
  {
    name: 'cards-three-chosen',
    async come(stage) {
      const bank = await stage.bank();
      for (const box of (await bank.phone.getByRole('checkbox').all()).slice(0, 3)) {
        await box.check({ force: true });
      }
      return bank;
    },
  },
  { name: 'cards-some-blocked', come: (stage) => stage.bank('amir') },
  {
    name: 'cards-not-answered',
    async come(stage) {
      const bank = await stage.bank();
      const errors = [{ message: 'away', extensions: { code: 'CARD_STORE_UNAVAILABLE', retryAfter: 5 } }];
      await bank.page.route('**/graphql', (route) =>
        route.fulfill({ json: { data: { fundingAccounts: null }, errors } }),
      );
      await bank.page.getByRole('combobox', { name: 'Account holder' }).selectOption('amir');
      await bank.phone.getByText('CARD_STORE_UNAVAILABLE').waitFor();
      return bank;
    },
  },
  {
    name: 'history-empty',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.route('**/graphql', (route) =>
        route.fulfill({ json: { data: { pushes: { nodes: [] } } } }),
      );
      await bank.phone.getByRole('link', { name: 'History' }).click();
      await bank.phone.getByText('Nothing yet.').waitFor();
      return bank;
    },
  },
  { name: 'wallets', come: (stage) => choosing(stage, TWO[0]) },
  {
    name: 'wallets-nothing-found',
    async come(stage) {
      const bank = await choosing(stage, TWO[0]);
      await bank.phone.getByRole('searchbox').fill('zebra');
      await bank.phone.getByText(/^Nothing is called that/).waitFor();
      return bank;
    },
  },
  {
    name: 'wallets-why-not',
    async come(stage) {
      const bank = await choosing(stage, ...TWO);
      const why = bank.phone.getByText(/^Not for this choice/);
      await why.click();
      await why.scrollIntoViewIfNeeded();
      return bank;
    },
  },
  { name: 'consent', come: (stage) => consent(stage, 'card-1/50130000001') },
  { name: 'consent-three-cards', come: (stage) => consent(stage, 'card-1,card-2,card-3/50130000001') },
  { name: 'consent-data-missing', come: (stage) => consent(stage, 'card-20/50130000001', 'amir') },
  {
    name: 'consent-how-it-goes-over',
    async come(stage) {
      const bank = await consent(stage, 'card-1/50130000001');
      await bank.phone.getByText(/^For testers/).click();
      return bank;
    },
  },
  {
    name: 'consent-no-such-wallet',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.evaluate(`location.hash = '#/consent/card-1/50199999999'`);
      await bank.title('Add to …?').waitFor();
      await bank.phone.getByRole('alert').waitFor();
      return bank;
    },
  },
  {
    name: 'testers',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.getByText('For testers').first().click();
      return bank;
    },
  },
  {
    name: 'cards-arabic',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
      await bank.title('بطاقاتك').waitFor();
      return bank;
    },
  },
  {
    name: 'consent-arabic',
    async come(stage) {
      const bank = await consent(stage, 'card-1/50130000007');
      await bank.page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
      await bank.title(/الواحة/).waitFor();
      return bank;
    },
  },
];
