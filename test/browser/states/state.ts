/** A state that one of the pages can be in, and how it is come to: looked over by axe in row B1, and drawn by `npm run gallery`. */
import type { Browser } from 'playwright-core';
import type { TestGateway } from '../../support/gateway.js';
import { SimulatorControl } from '../../support/simulator/simulator-control.js';
import { DESKTOP, openPage, type WatchedPage } from '../browser.js';
import { BankPage } from '../demo-bank/bank-page.js';

export interface State {
  readonly name: string;
  /** Each begins with a page of its own, and a simulator that has forgotten everything. */
  come(stage: StatesStage): Promise<WatchedPage>;
}

export class StatesStage {
  readonly control: SimulatorControl;

  constructor(
    readonly browser: Browser,
    readonly gateway: TestGateway,
  ) {
    this.control = new SimulatorControl(gateway.simulatorUrl);
  }

  async bank(accountHolder: string = 'susan'): Promise<BankPage> {
    const bank = await BankPage.open(this.browser, this.gateway);
    if (accountHolder === 'susan') return bank;
    await bank.page.getByRole('combobox', { name: 'Account holder' }).selectOption(accountHolder);
    await bank.phone.getByText('Desert Bank Credit').waitFor();
    return bank;
  }

  /** A page that stands for itself. */
  page(url: string): Promise<WatchedPage> {
    return openPage(this.browser, new URL(url), DESKTOP);
  }
}
