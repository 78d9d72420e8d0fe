/** What Mastercard has changed in the catalogue between two looks at it. */
import type { RequestorNames } from './seen-entries.js';

interface CatalogueChanges {
  readonly added: readonly { readonly id: string; readonly name: string }[];
  readonly removed: readonly { readonly id: string; readonly name: string }[];
  readonly renamed: readonly { readonly id: string; readonly from: string; readonly to: string }[];
}

/** By the name that account holders see; the legal name counts where only that one changed. */
export function changesBetween(before: RequestorNames, after: RequestorNames): CatalogueChanges {
  const added = [...after].filter(([id]) => !before.has(id));
  const removed = [...before].filter(([id]) => !after.has(id));
  const renamed = [...after].flatMap(([id, now]) => {
    const then = before.get(id);
    if (then === undefined) return [];
    if (then.consumerFacingEntityName !== now.consumerFacingEntityName) {
      return [{ id, from: then.consumerFacingEntityName, to: now.consumerFacingEntityName }];
    }
    return then.name === now.name ? [] : [{ id, from: then.name, to: now.name }];
  });
  const named = ([id, { consumerFacingEntityName: name }]: (typeof added)[number]) => ({ id, name });
  return { added: added.map(named), removed: removed.map(named), renamed };
}
