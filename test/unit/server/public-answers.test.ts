/** A kept answer by itself: given while all that it is made of stands. */
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RangeEntry } from '../../../src/catalogue/catalogue-entries.js';
import { parseAccountRange } from '../../../src/domain/account-range.js';
import { AnswerBasis } from '../../../src/schema/answer-basis.js';
import { EncodedBytes } from '../../../src/server/pipeline/encoded-bytes.js';
import { PublicAnswers, requestKey } from '../../../src/server/public-answers/public-answers.js';
import { within } from '../../support/measurements.js';

const KEY = requestKey(['POST', '{ tokenRequestors { id } }']);
const ANSWER = {
  operation: null,
  contentType: 'application/json',
  body: new EncodedBytes(Buffer.from('{}')),
};

let catalogue: {
  requestorCount: number;
  logoChanges: number;
  standing: () => Promise<RangeEntry[] | undefined>;
  edition: () => Promise<number | undefined>;
};
let answers: PublicAnswers;
const entry = (storedAt: number, ref = 'a'): RangeEntry => ({ storedAt, list: { ref, requestors: [] } });
const find = () => answers.find(KEY, async () => undefined);

beforeEach(() => {
  catalogue = {
    requestorCount: 60,
    logoChanges: 3,
    standing: async () => [entry(1)],
    edition: async () => 7,
  };
  answers = new PublicAnswers(catalogue);
  keepMadeOf(1);
});

function keepMadeOf(storedAt: number): void {
  const basis = new AnswerBasis();
  Object.assign(basis, { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3 });
  const range = parseAccountRange('520000000');
  if (range !== undefined) basis.entries.set(range, entry(storedAt));
  answers.keep(KEY, ANSWER, basis);
}

describe('once it has been let go', () => {
  beforeEach(() => {
    catalogue.standing = async () => [entry(2)];
  });

  it('is made by the first who asks, and all others have it from there', async () => {
    const early = [find(), find(), find()];
    expect(await early[0]).toBeUndefined();
    const late = find();
    const waiting = Promise.all([...early.slice(1), late]);
    expect(await Promise.race([waiting, pause(20, 'still')])).toBe('still');
    keepMadeOf(2);
    expect(await waiting).toMatchObject([ANSWER, ANSWER, ANSWER]);
  });

  it('keeps nobody waiting for long where nothing comes of it', async () => {
    const [first, second] = [find(), find()];
    expect(await first).toBeUndefined();
    expect(await Promise.race([second, pause(within(1000), 'still')])).toBeUndefined();
    expect(await Promise.race([find(), pause(within(100), 'still')])).toBeUndefined();
  });
});

it('is given as long as the catalogue says the same', async () => {
  expect(await find()).toMatchObject(ANSWER);
  expect(answers.knows(KEY)).toBe(true);
});

it('is not given where there are more requestors, since it may cost too much by now', async () => {
  catalogue.requestorCount = 59;
  expect(await find()).toBeDefined();
  catalogue.requestorCount = 61;
  expect(await find()).toBeUndefined();
});

it('is not given once it is known that a logo lacks a form', async () => {
  expect(await find()).toBeDefined();
  catalogue.logoChanges++;
  expect(await find()).toBeUndefined();
});

it.each<[string, () => Promise<RangeEntry[] | undefined>]>([
  ['was fetched anew', async () => [entry(2)]],
  ['says something else', async () => [entry(1, 'b')]],
  ['is too old or gone', async () => undefined],
])('is not given, and let go, once a range %s', async (_name, standing) => {
  catalogue.standing = standing;
  expect(await find()).toBeUndefined();
  expect(answers.knows(KEY)).toBe(false);
});

it.each<[string, number | null, number | undefined, boolean]>([
  ['is given while all ranges say the same', 7, 7, true],
  ['is not given once another range has other requestors', 7, 8, false],
  ['is not given while other ranges have to be loaded first', 7, undefined, false],
  ['that tells nothing of other ranges does not hang on them', null, 8, true],
])('one that %s', async (_name, madeOf, now, isGiven) => {
  const key = requestKey(['POST', '{ tokenRequestors { enabledAccountRanges } }']);
  const basis = new AnswerBasis();
  Object.assign(basis, { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3, edition: madeOf });
  const range = parseAccountRange('520000000');
  if (range !== undefined) basis.entries.set(range, entry(1));
  answers.keep(key, ANSWER, basis);
  catalogue.edition = async () => now;
  expect((await answers.find(key, async () => undefined)) !== undefined).toBe(isGiven);
});
