/** The demo bank showing each refusal that there is. The app offers little that is refused: what it sends is changed on the way. */
import { readFileSync } from 'node:fs';
import { REFUSAL_CODES, type RefusalCode } from '../../../src/push/refusals/refusal.js';
import { PROVOKED } from '../../support/push/provoked-refusals.js';
import { LARK } from '../../support/requestors.js';
import type { State } from './state.js';

const TEXTS: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../../src/push/refusals/refusal-texts/en.json', import.meta.url), 'utf8'),
);

export const REFUSAL_STATES: readonly State[] = REFUSAL_CODES.map(refused);

function refused(code: RefusalCode): State {
  const { accountHolder = 'amir', ...input } = PROVOKED[code];
  return {
    name: `refused-${code.toLowerCase().replaceAll('_', '-')}`,
    async come(stage) {
      const bank = await stage.bank(String(accountHolder));
      const card = accountHolder === 'susan' ? 'card-1' : 'card-11';
      await bank.page.evaluate(`location.hash = '#/consent/${card}/${LARK}'`);
      await bank.phone.getByText('What is shared').waitFor();
      await bank.page.route('**/graphql', (route) => {
        const body = route.request().postDataJSON();
        if (body.operationName !== 'PushCards') return route.fallback();
        const asked = { ...body.variables.input, accountHolderData: [], ...input };
        return route.fallback({ postData: { ...body, variables: { input: asked } } });
      });
      await bank.phone.getByRole('button', { name: 'Agree and add' }).click();
      await bank.phone
        .getByText(TEXTS[code] ?? code)
        .first()
        .waitFor();
      return bank;
    },
  };
}
