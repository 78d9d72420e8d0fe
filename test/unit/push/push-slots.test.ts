/** Slots at MDES: one account holder leaves room for the others, and there are never more than fifty. */
import { describe, expect, it } from '@jest/globals';
import { PushSlots } from '../../../src/push/push-slots.js';

/** How many `holder` gets of `asked`, which nobody gives back. */
function entered(slots: PushSlots, holder: string, asked: number): number {
  for (let count = 0; count < asked; count++) {
    try {
      slots.enter(holder);
    } catch {
      return count;
    }
  }
  return asked;
}

describe('the slots of pushes', () => {
  it('give half of all to one who floods, and half of the rest to the next', () => {
    const slots = new PushSlots();
    expect(['susan', 'amir', 'zoe'].map((holder) => entered(slots, holder, 200))).toEqual([25, 13, 6]);
  });

  it('have room for the first push of each of 25 others beside one who floods', () => {
    const slots = new PushSlots();
    entered(slots, 'susan', 200);
    const others = Array.from({ length: 25 }, (_, index) => entered(slots, `holder-${index}`, 1));
    expect(others.filter((count) => count === 1)).toHaveLength(25);
    expect(() => slots.enter('one-more')).toThrow(/Too many pushes are under way/);
  });

  it('say whose fault it is', () => {
    const slots = new PushSlots();
    entered(slots, 'susan', 200);
    const said = (holder: string) => {
      try {
        slots.requireRoom(holder);
        return 'room';
      } catch (error) {
        return error;
      }
    };
    expect(said('susan')).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: 1 });
    expect(said('susan')).toHaveProperty('message', expect.stringContaining('Nothing was pushed'));
    expect(said('amir')).toBe('room');
    for (let index = 0; index < 25; index++) slots.enter(`holder-${index}`);
    expect(said('zoe')).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 1 });
  });

  it('are free again when they are left', () => {
    const slots = new PushSlots();
    for (let round = 0; round < 3; round++) {
      expect(entered(slots, 'susan', 200)).toBe(25);
      for (let count = 0; count < 25; count++) slots.leave('susan');
    }
  });
});
