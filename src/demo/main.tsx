/** The demo bank: a phone with the bank's app, and beside it what happens underneath. */
import { render } from 'preact';
import { Desk } from './desk/desk.js';
import { Phone } from './phone/phone.js';
import { Underneath } from './underneath/underneath.js';
import { Bank, BankProvider } from './wire/bank.js';

const place = document.getElementById('demo');
if (place !== null) {
  // Relative to the page, so that it also works behind a proxy that serves the gateway under a path.
  const bank = new Bank(new URL('.', window.location.href), place.dataset['simulator'] ?? '');
  render(
    <BankProvider value={bank}>
      <Desk />
      <div class="desktop">
        <Phone />
        <Underneath />
      </div>
    </BankProvider>,
    place,
  );
}
