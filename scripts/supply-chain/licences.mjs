/** The licences of what is shipped: those that ask for nothing but to be named. */

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** @param {Record<string, { license?: string, dev?: boolean }>} packages of package-lock.json */
export function licenceFaults(packages) {
  return Object.entries(packages)
    .filter(([path, { dev, license }]) => path !== '' && !dev && !isAllowed(license ?? ''))
    .map(
      ([path, { license = 'none' }]) =>
        `${path}: its licence (${license}) is not on the list of those allowed`,
    );
}

/** An SPDX expression: of OR one side is enough, of AND both are needed. @param {string} expression */
export function isAllowed(expression) {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const isTrue = either();
  return isTrue && at === tokens.length;

  function either() {
    let found = both();
    while (tokens[at] === 'OR') {
      at += 1;
      found = both() || found;
    }
    return found;
  }
  function both() {
    let found = one();
    while (tokens[at] === 'AND') {
      at += 1;
      found = one() && found;
    }
    return found;
  }
  function one() {
    const token = tokens[at] ?? '';
    at += 1;
    if (token !== '(') return ALLOWED.has(token);
    const found = either();
    const isClosed = tokens[at] === ')';
    at += 1;
    return found && isClosed;
  }
}
