/** Somebody who is told of each exchange with MDES as it ended: who has to explain what is wrong needs the answer itself. */
import { type HttpAnswer, type HttpRequest, TransportError } from '../../resilience/http-exchange.js';
import type { Transport } from './transport.js';

export type Witness = (ended: HttpAnswer | TransportError) => void;

export function witnessed(transport: Transport, witness: Witness): Transport {
  const told =
    (send: (request: HttpRequest) => Promise<HttpAnswer>) =>
    async (request: HttpRequest): Promise<HttpAnswer> => {
      try {
        const answer = await send(request);
        witness(answer);
        return answer;
      } catch (error) {
        if (error instanceof TransportError) witness(error);
        throw error;
      }
    };
  return { read: told(transport.read), sendOnce: told(transport.sendOnce), close: () => transport.close() };
}
