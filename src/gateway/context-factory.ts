/** Makes what one request's resolvers work with: who asks, what an issuer has, and what is remembered for this answer alone. */
import { UpstreamCalls } from '../domain/upstream-calls.js';
import type { Issuer } from '../issuer.js';
import type { Logger } from '../observability/logger.js';
import { type RefusalTextBook, readRefusalTexts } from '../push/refusals/refusal-texts.js';
import { type PushTextBook, readPushTexts } from '../push/texts/push-texts.js';
import { PersonalReads } from '../schema/access/personal-reads.js';
import { AnswerSize } from '../schema/answer-size.js';
import { Loaders } from '../schema/loaders.js';
import { RequestOutcome } from '../schema/request-outcome.js';
import type { ServerDeps } from '../server/create-server.js';
import type { Setting } from './setting.js';

/** What account holders read. */
interface Texts {
  readonly refusalTexts: RefusalTextBook;
  readonly pushTexts: PushTextBook;
}

export async function readTexts(): Promise<Texts> {
  const [refusalTexts, pushTexts] = await Promise.all([readRefusalTexts(), readPushTexts()]);
  return { refusalTexts, pushTexts };
}

export function contextFactory(
  setting: Setting,
  { catalogue, issuerRanges, cardStore, pushes, pushHistory }: Issuer,
  { refusalTexts, pushTexts }: Texts,
): ServerDeps['contextOf'] {
  const { publicUrl, live, clock, audit, log } = setting;
  return ({ accountHolder, client, grant, address, traceId, languages }) => {
    let ofRequest: Logger | undefined;
    const logOfRequest = (): Logger => {
      ofRequest ??= log.child({ traceId });
      return ofRequest;
    };
    const calls = new UpstreamCalls();
    return {
      accountHolder,
      client,
      grant,
      address,
      traceId,
      languages,
      log: logOfRequest,
      audit,
      reads: new PersonalReads(),
      outcome: new RequestOutcome(),
      calls,
      loaders: new Loaders(
        { catalogue, issuerRanges, cardStore, calls, log: logOfRequest },
        accountHolder ?? '',
      ),
      answerSize: new AnswerSize(),
      requestorCount: () => catalogue.requestorCount,
      issuerRanges,
      pushes,
      pushHistory,
      refusalTexts,
      pushTexts,
      handOffProfiles: live.handOffProfiles,
      publicUrl: publicUrl.value,
      now: () => clock.now(),
    };
  };
}
