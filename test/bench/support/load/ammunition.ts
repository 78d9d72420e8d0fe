/** Requests, ready to be sent. */
import { type PreparedRequests, UNIQUE } from './plan.js';

export class Ammunition {
  readonly #requests: readonly Buffer[];
  /** Where in each the unique part stands; -1: nowhere. */
  readonly #places: readonly number[];
  readonly mustHold: Buffer | null;
  #uniques = 0;
  #random = 0x9e3779b9;

  constructor({ requests, mustHold }: PreparedRequests) {
    this.#requests = requests.map((request) => Buffer.from(request));
    this.#places = this.#requests.map((request) => request.indexOf(UNIQUE));
    this.mustHold = mustHold === undefined ? null : Buffer.from(mustHold);
  }

  get count(): number {
    return this.#requests.length;
  }

  /** Any of them at random: in turns, a cache that is a little too small would never have what comes next. */
  next(): Buffer {
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    return this.at((this.#random >>> 0) % this.#requests.length);
  }

  at(number: number): Buffer {
    const [request, place = -1] = [this.#requests[number], this.#places[number]];
    if (request === undefined) throw new RangeError(`there is no request ${number}`);
    if (place >= 0) {
      this.#uniques += 1;
      request.write(String(this.#uniques).padStart(UNIQUE.length, '0'), place, 'latin1');
    }
    return request;
  }
}
