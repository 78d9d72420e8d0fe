/** Ten kinds of what an entry of the cache can have become. */

/** Redis commands that put it in place of the entry. */
type Spoil = (key: string, entry: string) => readonly (readonly string[])[];

const put =
  (spoilt: (entry: string) => string): Spoil =>
  (key, entry) => [['SET', key, spoilt(entry)]];

const KINDS: readonly Spoil[] = [
  put(() => '\u0000\u0001 rubbish \u00ff'),
  put(() => ''),
  put((entry) => entry.slice(0, Math.floor(entry.length / 2))),
  put((entry) => entry.replace(/"form":\d+/, '"form":0')),
  put(() => '123'),
  put(() => '{"value":{"storedAt":1,"tokenRequestors":[]},"expires":"soon"}'),
  put((entry) => entry.replace(/"value":.*/s, '"value":{"foo":1}}')),
  put((entry) => `:base64:${entry}`),
  (key) => [
    ['DEL', key],
    ['RPUSH', key, 'of', 'another', 'type'],
  ],
  (key) => [
    ['DEL', key],
    ['HSET', key, 'of', 'another type'],
  ],
];

export function spoil(entries: ReadonlyMap<string, string>): (readonly string[])[] {
  return [...entries].flatMap(([key, entry], index) => KINDS[index % KINDS.length]?.(key, entry) ?? []);
}
