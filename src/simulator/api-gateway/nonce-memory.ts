/** Remembers which nonces were used, for as long as their timestamps could pass again. */

export interface NonceMemory {
  /** False when the nonce was used before. */
  use(consumerKey: string, nonce: string, forgetAt: number, now: number): boolean;
}

/** The oldest go first when there are more: enough for the whole window at 300 requests a second. */
const MOST_REMEMBERED = 200_000;

export function createNonceMemory(limit = MOST_REMEMBERED): NonceMemory {
  const forgetTimes = new Map<string, number>();

  function forgetOld(now: number): void {
    for (const [key, forgetAt] of forgetTimes) {
      if (forgetAt >= now && forgetTimes.size < limit) return;
      forgetTimes.delete(key);
    }
  }

  return {
    use(consumerKey, nonce, forgetAt, now) {
      const key = `${consumerKey}\n${nonce}`;
      const known = forgetTimes.get(key);
      if (known !== undefined && known >= now) return false;
      forgetOld(now);
      forgetTimes.delete(key);
      forgetTimes.set(key, forgetAt);
      return true;
    },
  };
}
