/** Documents of a thousand bytes that stand for a million fields, each with a name. */

/** Each level spreads the next one twice. */
function laughs(levels: number, spread: (name: string) => string = (name) => `...${name}`): string {
  const fragments = Array.from({ length: levels }, (_, level) => {
    const next = spread(`f${level + 1}`);
    return `fragment f${level} on Query{${next} ${next}}`;
  });
  return `{...f0} ${fragments.join(' ')} fragment f${levels} on Query{__typename}`;
}

/** Each level has two fields of the same name, so that a naive rule compares every pair of what is below. */
function overlapping(levels: number, breadth: number, core: string): string {
  let selection = core;
  for (let level = 0; level < levels; level++) selection = `fundingAccounts{${selection}} `.repeat(breadth);
  return `{${selection}}`;
}

const fieldsByFragment = (levels: number) =>
  `{...a0} ${Array.from(
    { length: levels },
    (_, level) => `fragment a${level} on Query{tokenRequestors{id} ...a${level + 1} ...a${level + 1}}`,
  ).join(' ')} fragment a${levels} on Query{tokenRequestors{name}}`;

export const UNFOLDING: readonly (readonly [string, string])[] = [
  ['20 levels', laughs(20)],
  ['25 levels', laughs(25)],
  ['40 levels', laughs(40)],
  ['80 levels, more than a number can count', laughs(80)],
  ['25 levels through inline fragments', laughs(25, (name) => `...on Query{...${name}}`)],
  ['25 levels through inline fragments without a type', laughs(25, (name) => `...{...{...${name}}}`)],
  ['25 levels with a field at each', fieldsByFragment(25)],
  ['25 levels, spread in the fields of a list', `${laughs(25)} fragment x on Query{fundingAccounts{...y}}`],
  ['a cycle of one', '{...a} fragment a on Query{...a}'],
  ['a cycle of two', '{...a} fragment a on Query{...b ...b} fragment b on Query{...a ...a}'],
  [
    'a cycle that grows',
    '{...a} fragment a on Query{...b ...b b:__typename} fragment b on Query{...a ...c} fragment c on Query{...b ...a}',
  ],
  [
    'a cycle through a field',
    '{...a} fragment a on Query{tokenRequestors{logo{...b}}} fragment b on Asset{id ...b}',
  ],
  ['a cycle that nobody uses', '{__typename} fragment a on Query{...a}'],
  [
    'a cycle of 60',
    `{...c0} ${Array.from({ length: 60 }, (_, n) => `fragment c${n} on Query{...c${(n + 1) % 60} ...c${(n + 7) % 60}}`).join(' ')}`,
  ],
  ['overlapping fields, 7 levels of 2', overlapping(7, 2, 'id')],
  ['overlapping fields, 3 levels of 6', overlapping(3, 6, 'id')],
  ['one field 900 times', `{${'__typename '.repeat(900)}}`],
  [
    'fragments that are compared with one another',
    `{${Array.from({ length: 100 }, (_, n) => `...p${n}`).join(' ')}} ${Array.from({ length: 100 }, (_, n) => `fragment p${n} on Query{x:__typename}`).join(' ')}`,
  ],
];
