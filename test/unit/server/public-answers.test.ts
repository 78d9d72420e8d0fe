/** A kept answer by itself: given while all that it is made of stands. */
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RangeEntry } from '../../../src/catalogue/catalogue-entries.js';
import type { CatalogueStatus } from '../../../src/catalogue/catalogue-status.js';
import type { Edition } from '../../../src/catalogue/issuer-wide.js';
import { type AccountRange, parseAccountRange } from '../../../src/domain/account-range.js';
import { AnswerBasis } from '../../../src/schema/answer-basis.js';
import type { StandingCatalogue } from '../../../src/server/public-answers/foundation.js';
import { PublicAnswers } from '../../../src/server/public-answers/public-answers.js';
import { within } from '../../support/measurements.js';

const requestKey = (parts: readonly string[]) => parts.join(' ');
const KEY = requestKey(['POST', '{ tokenRequestors { id } }']);
const DOCUMENT = '{ tokenRequestors { id } }';
const textOf = (text: string) => ({ operation: 'tokenRequestors', contentType: 'application/json', text });
const ANSWER = {
  operation: 'tokenRequestors',
  contentType: 'application/json',
  body: { plain: Buffer.from('{}') },
};
const STATUS = { asOf: 1, stale: false, nextRefreshAt: 5, tokenRequestorCount: 60 };

let catalogue: {
  requestorCount: number;
  logoChanges: number;
  atHand: (ranges: readonly AccountRange[]) => RangeEntry[] | undefined;
  editionAtHand: () => Edition | undefined;
  status: () => CatalogueStatus;
};
let answers: PublicAnswers;
const entry = (storedAt: number, ref = 'a'): RangeEntry => ({ storedAt, list: { ref, requestors: [] } });
const find = () =>
  answers.find(
    KEY,
    () => undefined,
    async () => undefined,
  );

const findAtHand = (key = KEY) => answers.findAtHand(key, async () => undefined);

beforeEach(() => {
  catalogue = {
    requestorCount: 60,
    logoChanges: 3,
    atHand: (ranges) => ranges.map(() => entry(1)),
    editionAtHand: () => ({ ofRanges: 7, ofAll: 9 }),
    status: () => STATUS,
  };
  answers = new PublicAnswers(asked(catalogue));
  keepMadeOf(1);
});

/** Whoever has to be asked says what is at hand. */
function asked(said: typeof catalogue): StandingCatalogue {
  return Object.assign(said, {
    standing: async (ranges: readonly AccountRange[]) => said.atHand(ranges),
    edition: async () => said.editionAtHand(),
  });
}

function keepMadeOf(storedAt: number): void {
  const basis = new AnswerBasis();
  Object.assign(basis, { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3 });
  const range = parseAccountRange('520000000');
  if (range !== undefined) basis.entries.set(range, entry(storedAt));
  answers.keep(KEY, DOCUMENT, textOf('{}'), basis);
}

describe('once it has been let go', () => {
  beforeEach(() => {
    catalogue.atHand = () => [entry(2)];
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

describe('where it is not there yet', () => {
  const OTHER = requestKey(['POST', 'with other variables']);
  const findOther = (document: string) =>
    answers.find(
      OTHER,
      () => document,
      async () => undefined,
    );
  const basis = () =>
    Object.assign(new AnswerBasis(), { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3 });

  it('is made by the first who asks, where the document is known to be public', async () => {
    expect(await findOther(DOCUMENT)).toBeUndefined();
    const waiting = Promise.all([findOther(DOCUMENT), findOther(DOCUMENT)]);
    expect(await Promise.race([waiting, pause(20, 'still')])).toBe('still');
    answers.keep(OTHER, DOCUMENT, textOf('{}'), basis());
    expect(await waiting).toMatchObject([ANSWER, ANSWER]);
  });

  it('keeps nobody waiting once nothing has come of it, or where nobody knows whether it is public', async () => {
    expect(await findOther(DOCUMENT)).toBeUndefined();
    const second = findOther(DOCUMENT);
    answers.keep(OTHER, DOCUMENT, textOf('{"errors":[]}'), new AnswerBasis());
    expect(await Promise.race([second, pause(20, 'still')])).toBeUndefined();
    for (let times = 0; times < 3; times++) {
      expect(
        await Promise.race([findOther('{ fundingAccounts { id } }'), pause(20, 'still')]),
      ).toBeUndefined();
    }
  });
});

it('is given as long as the catalogue says the same', async () => {
  expect(findAtHand()).toMatchObject(ANSWER);
  expect(await find()).toMatchObject(ANSWER);
  expect(answers.knows(KEY)).toBe(true);
});

it('is not given where there are more requestors, since it may cost too much by now', async () => {
  catalogue.requestorCount = 59;
  expect(await find()).toBeDefined();
  catalogue.requestorCount = 61;
  expect(findAtHand()).toBeUndefined();
  expect(await find()).toBeUndefined();
});

it('is not given once it is known that a logo lacks a form', async () => {
  expect(await find()).toBeDefined();
  catalogue.logoChanges++;
  expect(findAtHand()).toBeUndefined();
  expect(await find()).toBeUndefined();
});

it.each<[string, () => RangeEntry[] | undefined]>([
  ['was fetched anew', () => [entry(2)]],
  ['says something else', () => [entry(1, 'b')]],
  ['is too old or gone', () => undefined],
])('is not given, and let go, once a range %s', async (_name, atHand) => {
  catalogue.atHand = atHand;
  expect(findAtHand()).toBeUndefined();
  expect(await find()).toBeUndefined();
  expect(answers.knows(KEY)).toBe(false);
});

it.each<[string, Partial<AnswerBasis>, Edition | undefined, boolean]>([
  ['is given while all ranges say the same', { ofRanges: 7 }, { ofRanges: 7, ofAll: 10 }, true],
  [
    'is not given once another range has other requestors',
    { ofRanges: 7 },
    { ofRanges: 8, ofAll: 10 },
    false,
  ],
  ['is not given while other ranges have to be loaded first', { ofRanges: 7 }, undefined, false],
  ['that tells nothing of other ranges does not hang on them', {}, { ofRanges: 8, ofAll: 10 }, true],
  ['that tells everything is given while nothing has come in', { ofAll: 9 }, { ofRanges: 8, ofAll: 9 }, true],
  ['that tells everything is not given after that', { ofAll: 9 }, { ofRanges: 7, ofAll: 10 }, false],
  ['nor while something has to be loaded first', { ofAll: 9 }, undefined, false],
])('one that %s', async (_name, madeOf, now, isGiven) => {
  const key = requestKey(['POST', '{ tokenRequestors { enabledAccountRanges } }']);
  const basis = new AnswerBasis();
  Object.assign(basis, { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3, ...madeOf });
  const range = parseAccountRange('520000000');
  if (range !== undefined) basis.entries.set(range, entry(1));
  answers.keep(key, DOCUMENT, textOf('{"data":null}'), basis);
  catalogue.editionAtHand = () => now;
  expect(findAtHand(key) !== undefined).toBe(isGiven);
  expect(
    (await answers.find(
      key,
      () => undefined,
      async () => undefined,
    )) !== undefined,
  ).toBe(isGiven);
});

it('that tells how old the catalogue is is given as long as it tells that', async () => {
  const basis = new AnswerBasis();
  Object.assign(basis, { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3, status: { ...STATUS } });
  const keys = ['asOf', 'stale', 'nextRefreshAt', 'tokenRequestorCount'].map((name) => requestKey([name]));
  const given = async () =>
    Promise.all(
      keys.map(
        async (key) =>
          (await answers.find(
            key,
            () => undefined,
            async () => undefined,
          )) !== undefined,
      ),
    );
  for (const other of [{ asOf: 2 }, { stale: true }, { nextRefreshAt: null }, { tokenRequestorCount: 1 }]) {
    for (const key of keys) answers.keep(key, DOCUMENT, textOf('{}'), basis);
    catalogue.status = () => STATUS;
    expect(await given()).toEqual([true, true, true, true]);
    catalogue.status = () => ({ ...STATUS, ...other });
    expect(keys.map((key) => findAtHand(key))).toEqual([undefined, undefined, undefined, undefined]);
    expect(await given()).toEqual([false, false, false, false]);
  }
});

it('those that say the same are held once, and what was let go to make room is made anew', async () => {
  const basis = new AnswerBasis();
  Object.assign(basis, { scope: 'PUBLIC', requestorCount: 60, logoChanges: 3 });
  const keep = (name: string, text: string) =>
    answers.keep(requestKey([name]), DOCUMENT, textOf(text), basis);
  expect(keep('a', 'same')?.body).toBe(keep('b', 'same')?.body);
  for (let times = 0; times < 101; times++) keep(`large ${times}`, `${times}${'x'.repeat(1_000_000)}`);
  expect(answers.knows(requestKey(['a']))).toBe(true);
  expect(
    await answers.find(
      requestKey(['a']),
      () => undefined,
      async () => undefined,
    ),
  ).toBeUndefined();
  keep('a', 'same');
  expect(
    (
      await answers.find(
        requestKey(['b']),
        () => undefined,
        async () => undefined,
      )
    )?.body.plain.toString(),
  ).toBe('same');
});
