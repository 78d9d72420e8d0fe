/** What a reader can see of the catalogue: how old it is, and when it is refreshed. */

export interface CatalogueStatus {
  /** Milliseconds since the epoch: when its oldest part was fetched; null while a part has never been fetched. */
  readonly asOf: number | null;
  /** Whether a part is past its soft age, or has never been fetched. */
  readonly stale: boolean;
  /** Milliseconds since the epoch; null when nothing is refreshed on a schedule. */
  readonly nextRefreshAt: number | null;
  readonly tokenRequestorCount: number;
}

/** As an operator reads it. `empty`: nothing of it can be served; `stale`: a part is missing or past its soft age. */
export type CatalogueState = 'empty' | 'stale' | 'ok';
