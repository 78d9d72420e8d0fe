/** A lockfile that names exactly what is installed: each package by its hash, from the public registry and nowhere else. */

const HASH = /^sha512-[A-Za-z0-9+/]{86}==$/;
const REGISTRY = 'https://registry.npmjs.org/';

/** @param {Record<string, { integrity?: string, resolved?: string, link?: boolean }>} packages of package-lock.json */
export function lockfileFaults(packages) {
  return Object.entries(packages).flatMap(([path, { integrity, resolved, link }]) => {
    if (path === '') return [];
    if (link) return [`${path}: a link to a folder is no package`];
    if (resolved !== undefined && !resolved.startsWith(REGISTRY)) return [`${path}: comes from ${resolved}`];
    return HASH.test(integrity ?? '') ? [] : [`${path}: has no sha512 hash`];
  });
}
