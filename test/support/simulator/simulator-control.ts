/** The control routes of a running simulator, by its root URL. */

export interface UpstreamCalls {
  readonly getEligibleTokenRequestors: number;
  readonly getAsset: number;
  readonly pushMultipleAccounts: number;
}

type Fault = 'errors' | '500' | 'malformed' | 'html' | 'reset' | 'hang' | 'delay';

export class SimulatorControl {
  constructor(readonly url: string) {}

  async calls(): Promise<UpstreamCalls> {
    const answer = await fetch(`${this.url}/simulator/calls`);
    return (await answer.json()) as UpstreamCalls;
  }

  /** HTTP status of a requestor's try to take a receipt. */
  async redeem(pushAccountReceipt: string, tokenRequestorId: string): Promise<number> {
    return (await this.#post('redeem', { pushAccountReceipt, tokenRequestorId })).status;
  }

  async advance(milliseconds: number): Promise<void> {
    await this.#post('clock', { advanceMs: milliseconds });
  }

  async fault(operation: keyof UpstreamCalls, fault: Fault, times = 1, delayMs = 0): Promise<void> {
    const answer = await this.#post('faults', { operation, fault, times, delayMs });
    if (!answer.ok) throw new Error(`the simulator refuses the fault: ${await answer.text()}`);
  }

  async reset(): Promise<void> {
    await this.#post('reset', {});
  }

  async pushes(): Promise<string> {
    return (await fetch(`${this.url}/simulator/pushes`)).text();
  }

  #post(route: string, body: unknown): Promise<Response> {
    return fetch(`${this.url}/simulator/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}
