/** Apollo Server with every setting that keeps it from telling or doing more than it must; none depends on NODE_ENV. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { ScopeSettings } from '../../config/access-settings.js';
import type { Logger } from '../../observability/logger.js';
import type { Telemetry } from '../../observability/telemetry.js';
import type { GatewayContext } from '../../schema/context.js';
import type { PrivateQueries } from '../private-queries/private-queries.js';
import { keepPublicPlugin } from '../public-answers/keep-public-plugin.js';
import { allRangesPlugin } from './all-ranges.js';
import { auditPlugin } from './audit-plugin.js';
import { documentStore } from './document-store.js';
import { challengePlugin } from './errors/challenge.js';
import { createErrorFormat } from './errors/error-format.js';
import { errorReportPlugin } from './errors/error-report.js';
import { jsonStatusPlugin } from './errors/json-status.js';
import type { Executor } from './executor.js';
import { answerLimitPlugin } from './limits/answer-limit.js';
import { costLimitPlugin } from './limits/cost-limit.js';
import { documentLimitsRule, MOST_TOKENS } from './limits/document-limits.js';
import { noStorePlugin } from './no-store.js';
import { outcomePlugin } from './outcome-plugin.js';

interface ApolloDeps {
  readonly executor: Executor;
  readonly privateQueries: PrivateQueries;
  /** Landing page and introspection; null: both off. */
  readonly landingPage: ApolloServerPlugin | null;
  /** null: they are not looked at. */
  readonly scopes: ScopeSettings | null;
  /** For trusted documents; null: any document is answered. */
  readonly trusted: ApolloServerPlugin<GatewayContext> | null;
  readonly telemetry: Telemetry;
  readonly log: Logger;
}

export async function startApollo({
  executor,
  privateQueries,
  landingPage,
  scopes,
  trusted,
  telemetry,
  log,
}: ApolloDeps): Promise<ApolloServer<GatewayContext>> {
  const { schema } = executor;
  const apollo = new ApolloServer<GatewayContext>({
    gateway: executor.gateway,
    nodeEnv: 'production',
    introspection: landingPage !== null,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    cache: 'bounded',
    parseOptions: { maxTokens: MOST_TOKENS },
    documentStore: documentStore(),
    validationOptions: { maxErrors: 1 },
    // Our own rule counts selections too. With Apollo's count beside it, it would run only after all of GraphQL's rules.
    maxRecursiveSelections: false,
    validationRules: [documentLimitsRule],
    stopOnTerminationSignals: false,
    formatError: createErrorFormat(schema, { introspection: landingPage !== null }),
    logger: log.child({ part: 'apollo' }),
    plugins: [
      ...(trusted === null ? [] : [trusted]),
      costLimitPlugin,
      allRangesPlugin,
      answerLimitPlugin,
      errorReportPlugin(telemetry),
      auditPlugin,
      jsonStatusPlugin,
      challengePlugin(scopes?.names ?? null),
      ApolloServerPluginCacheControlDisabled(),
      noStorePlugin,
      outcomePlugin,
      executor.plugin,
      keepPublicPlugin(schema),
      privateQueries.plugin,
      landingPage ?? ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}
