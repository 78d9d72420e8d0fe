/** What becomes of the host name of MDES inside a gateway process: no root and no resolver of our own is needed. */
import dns, { type LookupOptions } from 'node:dns';

/** The one name that embedded parts let MDES have. */
export const MDES_HOST = 'localhost';
/** `here`: this machine. `nowhere`: the real resolver is asked for a name that nobody has. `silent`: it never answers. */
export type Naming = 'here' | 'nowhere' | 'silent';

type LookedUp = (error: Error | null, addresses: unknown, family?: number) => void;

/** Takes over the lookup that connections use; what comes back changes the answers. */
export function takeOverMdesName(): (naming: Naming) => void {
  const { lookup } = dns;
  let naming: Naming = 'here';
  Object.assign(dns, {
    lookup(host: string, options: LookupOptions, callback: LookedUp) {
      if (host !== MDES_HOST) lookup(host, options, callback);
      else if (naming === 'nowhere') lookup('mdes.invalid', options, callback);
      else if (naming === 'here') lookup('127.0.0.1', options, callback);
    },
  });
  return (next) => {
    naming = next;
  };
}
