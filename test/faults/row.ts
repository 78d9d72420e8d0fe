/** A row of the fault table: a fault, and what must hold in it. */
import type { Figure } from './figure.js';
import type { Scene } from './support/scene.js';

export interface Row {
  readonly id: string;
  readonly title: string;
  /** Run once with the in-process layer of the cache and once without: with it alone it would show little about Redis. */
  readonly bothLayers?: true;
  /** Run on a Redis behind Sentinels and on a cluster too, without the in-process layer. */
  readonly everySetUp?: true;
  run(scene: Scene, inProcessCache: boolean): Promise<readonly Figure[]>;
}

/** What the row needs is missing on this machine: it says so, and that is no miss. */
export class NotRun extends Error {}
