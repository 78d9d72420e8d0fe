/** Makes what the server has once, and hands it what the issuer has. */
import type { GraphQLSchema } from 'graphql';
import type { Issuer } from '../issuer.js';
import type { LimitCounters } from '../resilience/limits/limit-counters.js';
import type { OwnedParts } from '../resilience/owned-parts.js';
import type { RedisConnection } from '../resilience/redis-connection.js';
import { clientAddresses } from '../server/client-address.js';
import type { ServerDeps } from '../server/create-server.js';
import { startApollo } from '../server/graphql/apollo.js';
import { Executor } from '../server/graphql/executor.js';
import { createRequestLimits } from '../server/pipeline/rate-limits.js';
import { PrivateQueries } from '../server/private-queries/private-queries.js';
import { PublicAnswers } from '../server/public-answers/public-answers.js';
import { landingPagePlugin } from '../server/routes/landing-page.js';
import { createSignIn } from '../server/sign-in/sign-in.js';
import type { TrustedDocuments } from '../server/trusted-documents/trusted-documents.js';
import { trustedDocumentsPlugin } from '../server/trusted-documents/trusted-plugin.js';
import { contextFactory, readTexts } from './context-factory.js';
import { liveOutward, required } from './live-settings.js';
import type { Setting } from './setting.js';

export async function serverDeps(
  setting: Setting & {
    readonly cacheConnection: RedisConnection | null;
    readonly limitCounters: LimitCounters;
    readonly schema: GraphQLSchema;
    readonly documents: TrustedDocuments | null;
  },
  issuer: Issuer,
  explorer: boolean,
  owned: OwnedParts,
): Promise<ServerDeps> {
  const { config, embedded, isEmbedded, publicUrl, proofs, rotation, schema, documents } = setting;
  const { telemetry, clock, audit, log } = setting;
  const addresses = clientAddresses({ log }, config.limits.trustedProxies);
  const signIn = owned.add(
    createSignIn(
      { clock, log, telemetry, publicUrl: () => publicUrl.value, isProxy: addresses.isProxy, proofs },
      {
        ...required(config.auth ?? embedded.signIn),
        ...config.tokens,
        scopes: config.access.scopes,
        outward: liveOutward(config.auth?.outward, () => setting.live.tls.keySet),
      },
    ),
    (it) => it.close(),
  );
  const { demoTokens } = embedded;
  const landingPage = landingPagePlugin({
    embedded: isEmbedded,
    token: demoTokens === null ? null : async () => (await demoTokens('susan'))?.access_token ?? '',
  });
  const { mode } = config.trustedDocuments;
  const trusted = mode === 'off' ? null : trustedDocumentsPlugin(mode);
  const executor = new Executor(schema);
  const privateQueries = new PrivateQueries(executor, mode === 'off' ? null : documents);
  const apollo = owned.add(
    await startApollo({
      executor,
      privateQueries,
      landingPage: explorer ? landingPage : null,
      scopes: config.access.scopes,
      trusted,
      telemetry,
      log,
    }),
    (it) => it.stop(),
  );
  return {
    apollo,
    answers: new PublicAnswers(issuer.catalogue),
    privateQueries,
    documents,
    contextOf: contextFactory(setting, issuer, await readTexts()),
    accountsOf: (accountHolder) => issuer.cardStore.fundingAccounts(accountHolder),
    signIn,
    addresses,
    limits: await createRequestLimits(setting.limitCounters, config.limits.requests),
    catalogue: issuer.catalogue,
    pushHistory: issuer.pushHistory,
    // Nothing is asked before it listens.
    health: {
      ready: () => !rotation.isLeft && !owned.isClosing,
      cache: issuer.cacheState,
      cacheUnfit: () => setting.cacheConnection?.unfit ?? null,
      ledger: issuer.ledgerState,
      mdes: issuer.mdesState,
      keys: signIn.keysState,
      keysAgeMs: signIn.keysAgeMs,
      catalogue: () => issuer.catalogue.state(),
      audit: () => audit.state(),
      isCatalogueKept: config.catalogueWarm,
    },
    demoTokens,
    onAnswered: setting.onAnswered,
    telemetry,
    demoBank: isEmbedded
      ? {
          simulatorUrl: required(config.mdes.identity ?? embedded.mdes).baseUrl,
          publicUrl: () => publicUrl.value,
        }
      : null,
    audit,
    log,
  };
}
