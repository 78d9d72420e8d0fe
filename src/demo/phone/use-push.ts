/** A push from the tap to its end: one idempotency key for each tap, the same one when it is tried again. */
import { useState } from 'preact/hooks';
import {
  type FollowedPushFragment,
  type PushCardInput,
  PushCards,
  type RefusalFragment,
} from '../generated.js';
import { useBank } from '../wire/bank.js';
import type { AnswerError } from '../wire/gateway.js';
import { goTo } from './route.js';

type PushOrder = Omit<PushCardInput, 'idempotencyKey'>;

export type PushState =
  | { readonly kind: 'IDLE' }
  | { readonly kind: 'SENDING' }
  | { readonly kind: 'STEP_UP'; readonly input: PushCardInput; readonly acrValues: readonly string[] }
  | { readonly kind: 'REFUSED'; readonly input: PushCardInput; readonly refusal: RefusalFragment }
  | { readonly kind: 'FAILED'; readonly input: PushCardInput; readonly error: AnswerError };

interface Pushing {
  readonly state: PushState;
  /** She has tapped. */
  readonly push: (order: PushOrder) => void;
  /** The same once more: as it was sent, with the same key. */
  readonly repeat: (input: PushCardInput) => void;
  /** She signs in again, and what was asked for goes on. */
  readonly confirm: (input: PushCardInput, acrValues: readonly string[]) => void;
  readonly giveUp: () => void;
}

export function usePush(): Pushing {
  const bank = useBank();
  const [state, setState] = useState<PushState>({ kind: 'IDLE' });

  async function send(input: PushCardInput): Promise<void> {
    setState({ kind: 'SENDING' });
    const { data, error } = await bank.gateway.send(PushCards, { input });
    void bank.simulator.look();
    const result = data?.pushCard;
    if (result?.__typename === 'Push') {
      bank.keep(result, input);
      return goTo({ screen: 'push', id: result.id });
    }
    if (result?.__typename === 'PushRefusal') return setState({ kind: 'REFUSED', input, refusal: result });
    if (error?.code === 'STEP_UP_REQUIRED') {
      return setState({ kind: 'STEP_UP', input, acrValues: error.acrValues });
    }
    const unknown = { code: 'INTERNAL_SERVER_ERROR', message: '', retryAfter: null, acrValues: [] };
    setState({ kind: 'FAILED', input, error: error ?? unknown });
  }

  return {
    state,
    push: (order) => void send({ ...order, idempotencyKey: crypto.randomUUID() }),
    repeat: (input) => void send(input),
    confirm: (input, acrValues) =>
      void bank.signIn.stepUp(bank.settings.value, acrValues).then(() => send(input)),
    giveUp: () => setState({ kind: 'IDLE' }),
  };
}

/** A new one: with the same key the gateway would give the old push again. */
export function renewed({ idempotencyKey: _, ...order }: PushCardInput): PushOrder {
  return order;
}

export type FollowedPush = FollowedPushFragment;
