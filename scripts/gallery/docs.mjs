/** The pictures of README and docs, made of those of the gallery: small, and all of one time. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));
const PHONE = { width: 300, height: 649 };
const GAP = 20;
const COLOURS = { palette: true, colours: 64, effort: 10 };

/** Phones side by side, by the file that they go into. */
const STRIPS = {
  'demo-bank-phone': ['cards-three-chosen', 'wallets-already-added', 'consent', 'push-completed'],
  'states-before': ['cards-some-blocked', 'wallets', 'wallets-why-not', 'consent-data-missing'],
  'states-hand-off': ['push-step-up', 'push-ready-data', 'push-at-wallet', 'push-handed-off'],
  'states-ends': [
    'push-completed-three-cards',
    'push-partially-completed',
    'push-action-required',
    'push-unknown',
  ],
  'states-not-there': ['push-declined', 'push-cancelled', 'push-failed', 'push-expired'],
  'states-refused': [
    'refused-account-range-not-enabled',
    'refused-mdes-internal-failure',
    'refused-account-ineligible',
    'cards-not-answered',
  ],
};
const WHOLE = { 'demo-bank': 'push-completed-three-cards', 'control-room': 'control-room-a-push' };
/** For who sees the README in the dark and who does not: one of each. */
const DARK = ['demo-bank-phone'];

/** @param {string} gallery the folder that has been drawn into */
export async function drawDocs(gallery) {
  for (const [name, states] of Object.entries(STRIPS)) {
    const scheme = DARK.includes(name) ? 'dark' : 'light';
    const phones = await Promise.all(
      states.map((state) =>
        sharp(join(gallery, `${state}-390-${scheme}.png`))
          .resize(PHONE)
          .toBuffer(),
      ),
    );
    const width = phones.length * (PHONE.width + GAP) + GAP;
    const height = PHONE.height + 2 * GAP;
    await sharp({ create: { width, height, channels: 3, background: '#8a8f9e' } })
      .composite(phones.map((input, index) => ({ input, left: GAP + index * (PHONE.width + GAP), top: GAP })))
      .png(COLOURS)
      .toFile(join(DOCS, `${name}.png`));
  }
  for (const [name, state] of Object.entries(WHOLE)) {
    await sharp(join(gallery, `${state}-1280-light.png`))
      .png(COLOURS)
      .toFile(join(DOCS, `${name}.png`));
  }
}
