/** Token requestors of the simulated catalogue that tests push to, each with what it is good for. */

/** Takes all that a push can hold, on every platform but WEARABLE; its hand-offs are signed. */
export const LARK = '50130000001';
/** As LARK, but its wallet pulls the cards, and it takes neither an address nor a phone number. */
export const PEBBLE = '50130000002';
/** Only apps, no holder data, and its hand-offs are not signed. */
export const TIDAL = '50130000003';
/** Not on IOS; its URIs have a query of their own, and its hand-offs are not signed. */
export const FJORD = '50130000004';
/** No digitization data. */
export const NIMBUS = '50130000005';
/** One account at a time. */
export const COPPER_FOX = '50130000006';
/** Authenticates the account holder itself, and so takes one account at a time; on the web only. */
export const MARBLE = '50130000009';
/** No push method: digitization data, or nothing. */
export const KEYSTONE = '50130000010';
/** Not enabled for any account of susan. */
export const CACTUS = '50130000013';
/** Its wallet is pages of the simulator, which lead back to the callback URL. */
export const SWALLOW = '50130000014';
/** A merchant that takes one account at a time. */
export const ORCHARD = '50130000103';
/** A merchant that authenticates the account holder itself. */
export const VELVET_TRAM = '50130000104';

/** The magic ones, for amir's accounts: see docs/channel-teams.md for what each does. */
export const ALWAYS_LOCKED = '50139999901';
export const ALWAYS_BROKEN = '50139999902';
export const ALWAYS_CRACKED = '50139999903';
export const ALWAYS_CLOSED = '50139999904';
export const ALWAYS_TOO_BUSY = '50139999905';
export const TAKES_NOBODY = '50139999906';
export const TAKES_THE_FIRST = '50139999907';
export const NEVER_SAYS_SO = '50139999908';

/** In no catalogue. */
export const NO_REQUESTOR = '50199999999';
