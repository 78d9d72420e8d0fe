/** A push followed to its end: asked for again as long as it says so. */
import { useEffect, useState } from 'preact/hooks';
import type { PushOutcome } from '../generated.js';
import { FollowPush, HandOff, ReportOutcome } from '../generated.js';
import { useBank, useSettings } from '../wire/bank.js';
import type { AnswerError } from '../wire/gateway.js';
import type { FollowedPush } from './use-push.js';

interface Followed {
  readonly push: FollowedPush | null;
  readonly error: AnswerError | null;
  /** Asked for, and there is none. */
  readonly missing: boolean;
  readonly ask: () => Promise<void>;
  readonly handOff: () => Promise<void>;
  readonly report: (fundingAccountId: string, outcome: PushOutcome) => Promise<void>;
}

export function useFollowedPush(id: string): Followed {
  const bank = useBank();
  const { language, platform } = useSettings();
  const [state, setState] = useState<Pick<Followed, 'push' | 'error' | 'missing'>>({
    push: bank.kept(id),
    error: null,
    missing: false,
  });

  function take(push: FollowedPush | null | undefined, error: AnswerError | null): void {
    if (push != null) bank.keep(push);
    setState((before) => ({ push: push ?? before.push, error, missing: push == null && error === null }));
    void bank.simulator.look();
  }
  async function ask(): Promise<void> {
    const { data, error } = await bank.gateway.send(FollowPush, { id });
    take(data?.push, error);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for another push or another language
  useEffect(() => {
    const kept = bank.kept(id);
    if (kept === null) void ask();
    else setState({ push: kept, error: null, missing: false });
  }, [id, language]);

  const step = state.push?.nextStep;
  const seconds = step?.__typename === 'WaitStep' ? step.askAgainAfter : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer that says to wait starts one wait
  useEffect(() => {
    if (seconds === null) return;
    const timer = setTimeout(() => void ask(), seconds * 1000);
    return () => clearTimeout(timer);
  }, [state.push, seconds]);

  return {
    ...state,
    ask,
    async handOff() {
      const { data, error } = await bank.gateway.send(HandOff, { pushId: id, platform });
      take(data?.recordHandOff, error);
    },
    async report(fundingAccountId, outcome) {
      const outcomes = [{ fundingAccountId, outcome }];
      const { data, error } = await bank.gateway.send(ReportOutcome, { pushId: id, outcomes });
      take(data?.recordOutcome, error);
    },
  };
}
