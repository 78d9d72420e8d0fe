/** Which push a way back is of, and what it says: out of a path, a query and a form as wallets leave them. */
import { callbackParameters } from '../../mdes/hand-off/callback-results.js';

export interface WayBack {
  readonly pushId: string;
  /** One of them has to be ours. */
  readonly states: readonly string[];
  /** Query and form as one query, without a question mark before it. */
  readonly said: string;
}

const PUSH_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Some encode the question mark, append with `&` where they have dropped the query, or put a session into the path. */
const PATH_END = /[?&;]|%3f/i;
/** As many as anybody repeats it. */
const MOST_STATES = 4;

/** In the path as well as in the query, since some drop or rewrite queries: 98 characters after `publicUrl`. */
export function callbackUrl(publicUrl: string, pushId: string, state: string): string {
  return `${publicUrl}/callback/${pushId}/${state}?state=${state}`;
}

/**
 * @param target path and query as they came; more slashes than there should be say nothing. The query alone had the
 *   state in what earlier releases have sent.
 * @param form a body of `application/x-www-form-urlencoded`, or empty
 */
export function readWayBack(target: string, form: string): WayBack | null {
  const end = PATH_END.exec(target);
  const path = target.slice(0, end?.index ?? target.length);
  const query = end === null ? '' : target.slice(end.index + end[0].length);
  const [, pushId = '', inPath, ...more] = path.split('/').filter((segment) => segment !== '');
  if (!PUSH_ID.test(pushId) || more.length > 0) return null;
  const said = form === '' ? query : `${query}&${form}`;
  const given = callbackParameters(said).getAll('state').slice(0, MOST_STATES);
  return { pushId, states: inPath === undefined ? given : [inPath, ...given], said };
}
