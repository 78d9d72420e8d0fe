/** What an issuer has: MDES client, card store, ledger, catalogue, pushes. Several could stand side by side. */
import { randomBytes } from 'node:crypto';
import { createCache } from './catalogue/cache/create-cache.js';
import { Catalogue, type CatalogueOptions } from './catalogue/catalogue.js';
import { ENTRY_FORMAT } from './catalogue/catalogue-entries.js';
import { IssuerRanges } from './catalogue/issuer-ranges.js';
import type { StepUpSettings } from './config/access-settings.js';
import type { LedgerSettings } from './config/ledger-settings.js';
import type { LimitSettings } from './config/limit-settings.js';
import type { MdesIdentity } from './config/mdes-identity.js';
import type { AccountRange } from './domain/account-range.js';
import type { CallbackRule } from './domain/callback-allowlist.js';
import type { Clock } from './domain/clock.js';
import type { HandOffProfiles } from './domain/hand-off-profile.js';
import { type Outward, STRAIGHT, type TlsSettings } from './domain/network/outward.js';
import { Secret } from './domain/secret.js';
import { createMdesClient } from './mdes/create-mdes-client.js';
import type { MdesState } from './mdes/mdes-client.js';
import type { Logger } from './observability/logger.js';
import { NO_TELEMETRY, type Telemetry } from './observability/telemetry.js';
import { proprietaryHandOffs } from './push/hand-off.js';
import { CallbackStates } from './push/ledger/callback-states.js';
import { createLedger } from './push/ledger/create-ledger.js';
import type { LedgerState } from './push/ledger/ledger.js';
import { LedgerKeys } from './push/ledger/ledger-keys.js';
import { PushHistory } from './push/push-history.js';
import { createPushLimits } from './push/push-limits.js';
import { PushService } from './push/push-service.js';
import type { LimitCounters } from './resilience/limits/limit-counters.js';
import { assemble, type OwnedParts } from './resilience/owned-parts.js';
import type { RedisConnection } from './resilience/redis-connection.js';
import type { CardStore } from './vault/card-store.js';
import { createHttpCardStore } from './vault/http-card-store.js';

/** What it shares with whoever else is in the process. */
interface IssuerDeps {
  /** null: its catalogue is cached in memory. */
  readonly cacheConnection: RedisConnection | null;
  readonly limitCounters: LimitCounters;
  /** Where a requestor sends the account holder back to when it comes by us. */
  readonly callbackUrl: (pushId: string, state: string) => string;
  /** None: nobody counts. */
  readonly telemetry?: Telemetry;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What may be replaced while it runs; what is under way goes on with what it has. */
export interface IssuerSettings {
  /** Its base URL stays. */
  readonly identity: MdesIdentity;
  readonly cardStoreToken: Secret<string>;
  readonly callbackRules: readonly CallbackRule[];
  readonly handOffProfiles: HandOffProfiles;
}

export interface IssuerOptions extends CatalogueOptions {
  readonly current: () => IssuerSettings;
  readonly cardStore: { readonly url: string; readonly outward?: Outward };
  readonly accountRanges: readonly AccountRange[];
  readonly ledger: LedgerSettings;
  readonly limits: LimitSettings;
  /** null: any good token pushes. */
  readonly stepUp: StepUpSettings | null;
  /** false: no memory in front of Redis. */
  readonly inProcessCache: boolean;
}

/** What the server and the schema need of an issuer. */
export interface Issuer {
  readonly issuerRanges: IssuerRanges;
  readonly cardStore: CardStore;
  readonly catalogue: Catalogue;
  readonly pushes: PushService;
  readonly pushHistory: PushHistory;
  cacheState(): 'memory' | 'ready' | 'degraded';
  ledgerState(): LedgerState;
  mdesState(): MdesState;
  /** Of the same database, with another user, password, authority or certificate. */
  replaceLedgerEntrance(entrance: { readonly url: Secret<string>; readonly tls: TlsSettings }): void;
  close(): Promise<void>;
}

/** Waits half a second at most for the ledger's database. */
export function createIssuer(deps: IssuerDeps, options: IssuerOptions): Promise<Issuer> {
  return assemble(deps.log, (owned) => compose(deps, options, owned));
}

async function compose(
  { cacheConnection, limitCounters, callbackUrl, telemetry = NO_TELEMETRY, clock, log }: IssuerDeps,
  options: IssuerOptions,
  owned: OwnedParts,
): Promise<Omit<Issuer, 'close'>> {
  const {
    current,
    cardStore: { url, outward = STRAIGHT },
  } = options;
  const keys = new LedgerKeys(options.ledger.keys ?? [new Secret(randomBytes(32))]);
  const states = new CallbackStates(keys);
  const cacheOptions = {
    // Of nothing that is ever replaced: issuers and releases can share a Redis.
    namespace: `token-connect-catalogue-v${ENTRY_FORMAT}-${cacheConnection?.keyName ?? options.ledger.issuer}`,
    inProcessLayer: options.inProcessCache,
  };
  const cache = owned.add(
    await createCache({ log, clock, telemetry, connection: cacheConnection }, cacheOptions),
    (it) => it.close(),
  );
  const ledger = owned.add(
    await createLedger({ clock, log, telemetry, cacheConnection }, { ...options.ledger, keys }),
    (it) => it.close(),
  );
  const cardStore = owned.add(
    createHttpCardStore({ log, telemetry }, { url, outward, token: () => current().cardStoreToken }),
    (it) => it.close(),
  );
  const mdes = owned.add(
    createMdesClient({ log, telemetry }, () => current().identity),
    (it) => it.close(),
  );
  const issuerRanges = new IssuerRanges(options.accountRanges);
  const catalogue = owned.add(new Catalogue({ mdes, cache, clock, issuerRanges, log }, options), (it) =>
    it.close(),
  );
  const pushes = owned.add(
    new PushService({
      mdes,
      cardStore,
      catalogue,
      issuerRanges,
      ledger,
      limits: await createPushLimits(limitCounters, {
        limits: options.limits.pushes,
        withoutCache: options.limits.pushesWithoutCache,
      }),
      stepUp: options.stepUp,
      telemetry,
      callbackRules: () => current().callbackRules,
      callbackRoute: (pushId) => callbackUrl(pushId, states.of(pushId)),
      proprietaryHandOffs: (id, accounts) => proprietaryHandOffs(current().handOffProfiles, id, accounts),
      clock,
    }),
    (it) => it.close(),
  );
  return {
    issuerRanges,
    cardStore,
    catalogue,
    pushes,
    pushHistory: new PushHistory({ ledger, states, telemetry }),
    cacheState: () => cache.state(),
    ledgerState: () => ledger.state(),
    mdesState: () => mdes.state(),
    replaceLedgerEntrance: (fresh) => ledger.replaceEntrance?.(fresh),
  };
}
