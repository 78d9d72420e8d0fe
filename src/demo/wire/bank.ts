/** What all components share: the gateway, the simulator, the sign-in, what is chosen, and the words of her language. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { FollowedPushFragment, PushCardInput } from '../generated.js';
import { type Words, wordsIn } from '../words/words.js';
import { type AnswerError, Gateway } from './gateway.js';
import type { Operation } from './operation.js';
import type { Settings } from './settings.js';
import { SignIn } from './sign-in.js';
import { Simulator } from './simulator.js';
import { Store, useStore } from './store.js';

const FIRST: Settings = {
  accountHolder: 'susan',
  language: 'en',
  platform: 'WEB',
  signedInLongAgo: false,
  showsMagic: false,
};

export class Bank {
  readonly settings = new Store<Settings>(FIRST);
  readonly signIn: SignIn;
  readonly gateway: Gateway;
  readonly simulator: Simulator;
  /** Where a wallet leads back to. */
  readonly backUrl: string;
  readonly graphqlUrl: string;
  /** Whether she has gone from one screen to another: from then on each takes the focus. */
  hasMoved = false;
  /** The cards that she chose last, for when she goes back. */
  chosen: readonly string[] = [];
  /** In memory alone, since they hold what is secret. */
  readonly #pushes = new Map<
    string,
    { readonly push: FollowedPushFragment; readonly input: PushCardInput | null }
  >();

  constructor(page: URL, simulatorUrl: string) {
    this.signIn = new SignIn(new URL('demo/token', page));
    const graphql = new URL('graphql', page);
    this.gateway = new Gateway(graphql, this.signIn, this.settings);
    this.simulator = new Simulator(simulatorUrl);
    this.backUrl = new URL('demo/back', page).href;
    this.graphqlUrl = graphql.href;
  }

  keep(push: FollowedPushFragment, input: PushCardInput | null = this.orderOf(push.id)): void {
    this.#pushes.set(push.id, { push, input });
  }

  kept(pushId: string): FollowedPushFragment | null {
    return this.#pushes.get(pushId)?.push ?? null;
  }

  /** What was asked for; null for a push of another visit. */
  orderOf(pushId: string): PushCardInput | null {
    return this.#pushes.get(pushId)?.input ?? null;
  }

  /** For another account holder nothing stays. */
  forget(): void {
    this.signIn.forget();
    this.#pushes.clear();
    this.chosen = [];
  }
}

const BankContext = createContext<Bank | null>(null);
export const BankProvider = BankContext.Provider;

export function useBank(): Bank {
  const bank = useContext(BankContext);
  if (bank === null) throw new TypeError('there is no bank around this component');
  return bank;
}

export function useSettings(): Settings {
  return useStore(useBank().settings);
}

export function useWords(): Words {
  return wordsIn(useSettings().language);
}

export interface Asked<Data> {
  /** null until it is there. */
  readonly data: Data | null;
  readonly error: AnswerError | null;
  readonly again: () => void;
}

/** Asks when it is shown, and anew for other variables, another account holder or another language. */
export function useAnswer<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const { gateway } = useBank();
  const { accountHolder, language } = useSettings();
  const [tries, setTries] = useState(0);
  const question = JSON.stringify([operation.name, variables, accountHolder, language]);
  const [answer, setAnswer] = useState<{
    readonly question: string;
    readonly data: Data | null;
    readonly error: AnswerError | null;
  } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the question is what the answer depends on
  useEffect(() => {
    let isWanted = true;
    void gateway.send(operation, variables).then((given) => {
      if (isWanted) setAnswer({ question, ...given });
    });
    return () => {
      isWanted = false;
    };
  }, [question, tries]);
  // Of another account holder nothing may stay; while the same is asked in another language, it may.
  const isCurrent = answer?.question === question;
  return {
    data: isCurrent ? answer.data : null,
    error: isCurrent ? answer.error : null,
    again: () => setTries((count) => count + 1),
  };
}
