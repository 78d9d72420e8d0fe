/** An operation is followed for as long as it lasts, however long it asks nobody; between them nothing is kept at hand for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { SpanContexts } from '../../../src/observability/tracing/span-contexts.js';

/** Longer than what counts as quiet, twice over. */
const LONG_MS = 350;
const KEY = createContextKey('span');
const OURS = ROOT_CONTEXT.setValue(KEY, 'ours');
/** From Node 24 on it costs nothing to keep it. */
const COSTS = Number.parseInt(process.versions.node, 10) < 24;

let contexts: SpanContexts;
beforeEach(() => {
  contexts = new SpanContexts();
});
afterEach(() => contexts.close());

it('holds while it is under way, is given up after it, and is taken up again by the next', async () => {
  const seen: unknown[] = [];
  const follow = () =>
    contexts.with(OURS, async () => {
      contexts.begin();
      await sleep(LONG_MS);
      seen.push(contexts.active().getValue(KEY));
      contexts.end();
      await sleep(LONG_MS);
      seen.push(contexts.active().getValue(KEY));
    });
  await follow();
  await follow();
  expect(contexts.active().getValue(KEY)).toBeUndefined();
  const after = COSTS ? undefined : 'ours';
  expect(seen).toEqual(['ours', after, 'ours', after]);
});

it('holds through a pause between two of which nothing is known to be under way', async () => {
  const seen = await contexts.with(OURS, async () => {
    for (const _ of [1, 2, 3, 4, 5, 6, 7, 8]) {
      contexts.begin();
      contexts.end();
      await sleep(40);
    }
    return contexts.active().getValue(KEY);
  });
  expect(seen).toBe('ours');
});
