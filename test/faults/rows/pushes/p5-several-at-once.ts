/** P5: several pushes in one document, or several documents in one request. */
import { none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { pushInput } from '../../support/documents.js';
import { aliveFigures } from '../../support/load/load-figures.js';

const RESULT = '{ ... on Push { id } ... on PushRefusal { code } }';
const ONE = `mutation ($a: PushCardInput!) { pushCard(input: $a) ${RESULT} }`;
const TWO = '($a: PushCardInput!, $b: PushCardInput!)';

const DOCUMENTS: readonly string[] = [
  `mutation ${TWO} { one: pushCard(input: $a) ${RESULT} two: pushCard(input: $b) ${RESULT} }`,
  `mutation ${TWO} { pushCard(input: $a) ${RESULT} again: pushCard(input: $b) ${RESULT} }`,
  `mutation ${TWO} { ...f ...g } fragment f on Mutation { one: pushCard(input: $a) ${RESULT} } fragment g on Mutation { two: pushCard(input: $b) ${RESULT} }`,
  `mutation ${TWO} { ... on Mutation { one: pushCard(input: $a) ${RESULT} } ... { two: pushCard(input: $b) ${RESULT} } }`,
];

export const severalAtOnce: Row = {
  id: 'P5',
  title: 'several pushes in one document or request',
  async run(scene) {
    const gateway = await scene.gateway({ ranges: scene.stage.knownRanges });
    const variables = { a: pushInput('p5-a'), b: pushInput('p5-b') };
    const one = { query: ONE, variables: { a: variables.a } };
    const bodies = [...DOCUMENTS.map((query) => ({ query, variables })), [one, one], [one]];
    const accepted: string[] = [];
    for (const body of bodies) {
      const answer = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.token}` },
        body: JSON.stringify(body),
      });
      const { data, errors } = (await answer.json()) as { data?: unknown; errors?: readonly unknown[] };
      if (answer.status !== 400 || data != null || errors === undefined) accepted.push(`${answer.status}`);
    }
    const calls = await scene.stage.simulator.calls();
    return [
      noneOf(`of ${bodies.length} requests not refused`, accepted),
      none('sends', calls.pushMultipleAccounts),
      ...aliveFigures([gateway]),
    ];
  },
};
