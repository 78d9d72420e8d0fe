/** The demo bank from the tap on: step-up, hand-off, each way a push can end, expiry, history. */
import { SWALLOW } from '../../support/requestors.js';
import type { BankPage } from '../demo-bank/bank-page.js';
import type { State, StatesStage } from './state.js';

const THREE = ['Moon Bank Credit', 'Moon Bank Debit', 'Moon Bank Current Account'] as const;

/** Pushed to the wallet by redirect, and nothing handed off yet. */
async function pushed(stage: StatesStage, ...cards: readonly string[]): Promise<BankPage> {
  const bank = await stage.bank();
  await bank.choose(...cards);
  await bank.addTo('Swallow');
  await bank.title('Almost there').waitFor();
  return bank;
}

/** What the wallet decides on each card, and the screen that it comes to. */
function ended(name: string, results: readonly string[], title: string): State {
  return {
    name: `push-${name}`,
    async come(stage) {
      const bank = await pushed(stage, ...THREE.slice(0, results.length));
      const wallet = await bank.goOn();
      await wallet.getByText('For testers').click();
      const choosers = wallet.getByRole('combobox', { name: 'What becomes of it' });
      for (const [index, result] of results.entries()) await choosers.nth(index).selectOption(result);
      await wallet.getByRole('button', { name: 'Add' }).click();
      await bank.title(title).waitFor();
      return bank;
    },
  };
}

async function struck(
  stage: StatesStage,
  fault: 'delay' | 'reset' | 'errors',
  delayMs = 0,
): Promise<BankPage> {
  await stage.control.fault('pushMultipleAccounts', fault, 1, delayMs);
  const bank = await stage.bank();
  await bank.choose(THREE[0]);
  await bank.addTo('Swallow');
  return bank;
}

export const PUSH_STATES: readonly State[] = [
  {
    name: 'push-step-up',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.getByText('For testers').first().click();
      await bank.page.getByRole('checkbox', { name: /^Signed in two hours ago/ }).check();
      await bank.page.getByText('For testers').first().click();
      await bank.choose(THREE[0]);
      await bank.addTo('Swallow');
      await bank.page.getByRole('dialog', { name: 'Is it you?' }).waitFor();
      return bank;
    },
  },
  {
    name: 'push-being-sent',
    async come(stage) {
      const bank = await struck(stage, 'delay', 60_000);
      await bank.phone.getByText('One moment …').waitFor();
      return bank;
    },
  },
  { name: 'push-ready', come: (stage) => pushed(stage, THREE[0]) },
  { name: 'push-ready-three-cards', come: (stage) => pushed(stage, ...THREE) },
  {
    name: 'push-ready-data',
    async come(stage) {
      const bank = await stage.bank();
      await bank.choose(...THREE.slice(0, 2), 'Moon Bank Maestro');
      await bank.addTo('Keystone Ring');
      await bank.phone.getByRole('button', { name: /1 of 3/ }).waitFor();
      return bank;
    },
  },
  {
    name: 'push-at-wallet',
    async come(stage) {
      const bank = await pushed(stage, ...THREE);
      await bank.goOn();
      return bank;
    },
  },
  {
    name: 'push-handed-off',
    async come(stage) {
      const bank = await pushed(stage, THREE[0]);
      await bank.goOn();
      await bank.page.getByRole('button', { name: 'Back to Moon Bank' }).click();
      await bank.title('Over to the wallet').waitFor();
      return bank;
    },
  },
  ended('completed', ['APPROVED'], 'It is there'),
  ended('completed-three-cards', ['APPROVED', 'APPROVED', 'APPROVED'], 'It is there'),
  ended('partially-completed', ['APPROVED', 'DECLINED'], 'Some of it is there'),
  ended('action-required', ['REQUIRE_ADDITIONAL_AUTHENTICATION'], 'One more step'),
  ended('declined', ['DECLINED'], 'Not this time'),
  ended('cancelled', ['CANCELLED'], 'Cancelled'),
  ended('failed', ['ERROR'], 'That did not work'),
  {
    name: 'push-unknown',
    async come(stage) {
      const bank = await struck(stage, 'reset');
      await bank.title('We are not sure').waitFor();
      return bank;
    },
  },
  {
    name: 'push-expired',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.clock.install();
      await bank.choose(THREE[0]);
      await bank.addTo('Swallow');
      await bank.title('Almost there').waitFor();
      await bank.page.clock.fastForward('16:00');
      await bank.title('Too late').waitFor();
      return bank;
    },
  },
  {
    name: 'push-not-hers',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.evaluate(`location.hash = '#/push/${crypto.randomUUID()}'`);
      await bank.phone.getByText(/^This push is not yours/).waitFor();
      return bank;
    },
  },
  {
    name: 'history',
    async come(stage) {
      const bank = await stage.bank();
      await bank.phone.getByRole('link', { name: 'History' }).click();
      await bank.phone
        .getByRole('link', { name: /Swallow/ })
        .first()
        .waitFor();
      return bank;
    },
  },
  {
    name: 'wallets-already-added',
    async come(stage) {
      const bank = await stage.bank();
      await bank.page.evaluate(`location.hash = '#/wallets/card-1'`);
      await bank.phone.getByText('Already added').first().waitFor();
      return bank;
    },
  },
  {
    name: 'underneath-a-push',
    async come(stage) {
      const bank = await pushed(stage, THREE[0]);
      await bank.line('Gateway → MDES').filter({ hasText: 'pushMultipleAccounts' }).first().click();
      await bank.line('App → gateway').filter({ hasText: 'mutation PushCards' }).click();
      await bank.page.getByText(`"tokenRequestorId": "${SWALLOW}"`).first().scrollIntoViewIfNeeded();
      return bank;
    },
  },
];
