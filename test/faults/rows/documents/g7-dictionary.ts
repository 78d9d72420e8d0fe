/** G7: ten thousand words as fields, and in one of the other places of a document, by one who is signed in and wants to know what the schema looks like. */
import { dictionary, namesOfTheSchema, namesTold, QUESTIONS } from '../../../support/schema-words.js';
import { exactly, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import { atOnce } from '../../support/pushes/keyed-pushes.js';

const WORDS = 10_000;
const AT_ONCE = 8;

export const guessedNames: Row = {
  id: 'G7',
  title: 'ten thousand words tried on the schema',
  async run(scene) {
    const gateway = await scene.gateway({ environment: { EXPLORER: 'off' } });
    const headers = { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' };
    const names = namesOfTheSchema();
    const told: string[] = [];
    const faults: string[] = [];
    let answers = 0;
    await atOnce([...dictionary(WORDS).entries()], AT_ONCE, async ([index, word]) => {
      for (const asked of questions(index, word)) {
        const body = JSON.stringify(asked);
        const answer = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
        const [status, text] = [answer.status, await answer.text()];
        answers += 1;
        if (status >= 500) faults.push(`${status} to ${JSON.stringify(asked)}`);
        told.push(...namesTold(asked, text, names).map((name) => `${name} to ${JSON.stringify(asked)}`));
      }
    });
    return [
      exactly('answers', answers, 2 * WORDS),
      noneOf('names told', told),
      noneOf('5xx', faults),
      ...aliveFigures([gateway]),
    ];
  },
};

function questions(index: number, word: string): object[] {
  const [field, ...others] = QUESTIONS;
  return [field, others[index % others.length]].flatMap((question) => question?.(word) ?? []);
}
