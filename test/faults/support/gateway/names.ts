/** What becomes of host names inside a gateway process: no root and no resolver of our own is needed. */
import dns, { type LookupOptions } from 'node:dns';

/** The one name that embedded parts let MDES have. */
export const MDES_HOST = 'localhost';
/** Names that nobody has; inside a gateway they are this machine's. */
const OURS = /^localhost$|\.test$/;
/** `here`: this machine. `nowhere`: the real resolver is asked for a name that nobody has. `silent`: it never answers. */
export type Naming = 'here' | 'nowhere' | 'silent';

type LookedUp = (error: Error | null, addresses: unknown, family?: number) => void;

/** Takes over the lookup that connections use; what comes back changes the answers for a name. */
export function takeOverNames(): (host: string, naming: Naming) => void {
  const { lookup } = dns;
  const namings = new Map<string, Naming>();
  Object.assign(dns, {
    lookup(host: string, options: LookupOptions, callback: LookedUp) {
      const naming = namings.get(host) ?? 'here';
      if (!OURS.test(host)) lookup(host, options, callback);
      else if (naming === 'nowhere') lookup('nobody.invalid', options, callback);
      else if (naming === 'here') lookup('127.0.0.1', options, callback);
    },
  });
  return (host, naming) => void namings.set(host, naming);
}
