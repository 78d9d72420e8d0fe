/** A logo as MDES keeps it: one picture in several forms; what stands behind an id never changes. */

export const SVG_TYPE = 'image/svg+xml';
export const PNG_TYPE = 'image/png';

/** The forms that a logo is served in. */
export const MEDIA_TYPES: readonly string[] = [SVG_TYPE, PNG_TYPE];

export interface MediaContent {
  /** MIME type, e.g. `image/svg+xml` or `image/png`. */
  readonly type: string;
  /** Base64. */
  readonly data: string;
  /** Pixels; absent for vector pictures. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface Asset {
  readonly id: string;
  readonly mediaContents: readonly MediaContent[];
}

const ASSET_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Nothing but digits, as many as a card number has: a caller has confused the two, and it must not travel on. */
const MAYBE_CARD_NUMBER = /^\d(?:[_-]?\d){11,18}$/;

/** MDES says 1 to 64 characters, UUIDs in all examples; only what is safe in a path is taken. */
export function isAssetId(text: string): boolean {
  return ASSET_ID.test(text) && !MAYBE_CARD_NUMBER.test(text);
}
