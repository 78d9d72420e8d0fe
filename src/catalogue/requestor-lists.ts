/** Token requestors and lists of them, each kept once, however many account ranges they are enabled for. */
import { createHash } from 'node:crypto';
import type { AccountRange } from '../domain/account-range.js';
import type { TokenRequestor } from '../domain/token-requestor.js';
import type { Turns } from '../resilience/turns.js';
import type { CataloguedRequestor, Ref, RequestorList } from './catalogue-entries.js';

/** 72 bits: of a million requestors and lists, two would have one by chance once in nine million times. */
const REF_BYTES = 9;
/** In base64url. */
export const REF_LENGTH = 12;

export class RequestorLists {
  readonly #requestors = new Map<Ref, CataloguedRequestor>();
  readonly #lists = new Map<Ref, RequestorList>();
  readonly #refs = new WeakMap<CataloguedRequestor, Ref>();

  list(ref: Ref): RequestorList | undefined {
    return this.#lists.get(ref);
  }

  requestor(ref: Ref): CataloguedRequestor | undefined {
    return this.#requestors.get(ref);
  }

  /** The one that is kept. */
  keepRequestor(requestor: CataloguedRequestor): CataloguedRequestor {
    const one = inFixedOrder(requestor);
    const ref = refOf(JSON.stringify(one));
    const known = this.#requestors.get(ref);
    if (known !== undefined) return known;
    this.#requestors.set(ref, one);
    this.#refs.set(one, ref);
    return one;
  }

  /** @param requestors as `keepRequestor` gives them */
  keepList(requestors: readonly CataloguedRequestor[]): RequestorList {
    const ref = refOf(requestors.map((one) => this.refOf(one)).join(''));
    const known = this.#lists.get(ref);
    if (known !== undefined) return known;
    // A copy, which is as long as it is: what has grown one by one has room for half as many again.
    const list = { ref, requestors: requestors.slice() };
    this.#lists.set(ref, list);
    return list;
  }

  /** Of a requestor that was kept. */
  refOf(requestor: CataloguedRequestor): Ref {
    return this.#refs.get(requestor) ?? refOf(JSON.stringify(inFixedOrder(requestor)));
  }

  get size(): number {
    return this.#lists.size;
  }

  /** Lets go of everything else; what comes in meanwhile may be let go too, and is then kept a second time. */
  async keepOnly(used: ReadonlyMap<RequestorList, unknown>, turns: Turns): Promise<void> {
    const requestors = new Set<CataloguedRequestor>();
    for (const { requestors: some } of used.keys()) {
      if (turns.isOver) await turns.next();
      for (const one of some) requestors.add(one);
    }
    for (const [ref, list] of this.#lists) if (!used.has(list)) this.#lists.delete(ref);
    for (const [ref, one] of this.#requestors) if (!requestors.has(one)) this.#requestors.delete(ref);
  }

  /** What MDES said about `ranges`, split per range. */
  async split(
    ranges: readonly AccountRange[],
    requestors: readonly TokenRequestor[],
    turns: Turns,
  ): Promise<Map<AccountRange, RequestorList>> {
    const byRange = new Map<AccountRange, CataloguedRequestor[]>(ranges.map((range) => [range, []]));
    // In one order, so that ranges with the same requestors have the same list.
    for (const requestor of [...requestors].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)))) {
      if (turns.isOver) await turns.next();
      const kept = this.keepRequestor(requestor);
      for (const range of requestor.enabledAccountRanges) byRange.get(range)?.push(kept);
    }
    const lists = new Map<AccountRange, RequestorList>();
    for (const [range, some] of byRange) {
      if (turns.isOver) await turns.next();
      lists.set(range, this.keepList(some));
    }
    return lists;
  }
}

export function refOf(content: string): Ref {
  return createHash('sha256').update(content).digest().subarray(0, REF_BYTES).toString('base64url');
}

/** Its JSON text is the same wherever it comes from. */
function inFixedOrder(requestor: CataloguedRequestor): CataloguedRequestor {
  return {
    id: requestor.id,
    name: requestor.name,
    consumerFacingEntityName: requestor.consumerFacingEntityName,
    type: requestor.type,
    walletId: requestor.walletId,
    imageAssetId: requestor.imageAssetId,
    supportedPushMethods: requestor.supportedPushMethods,
    supportsMultiplePushedCards: requestor.supportsMultiplePushedCards,
    supportedAccountHolderData: requestor.supportedAccountHolderData,
    supportsCardHolderAuthentication: requestor.supportsCardHolderAuthentication,
    supportsIssuerInitiatedDigitizationData: requestor.supportsIssuerInitiatedDigitizationData,
  };
}
