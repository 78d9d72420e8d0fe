/** The ways in which wallets come back: what they do to a callback URL, and what must come of it. */

const FORM = 'application/x-www-form-urlencoded';
const SCRIPT = '<script>alert(1)</script>';

/** A push, and the parts of its callback URL. */
export interface Sent {
  readonly id: string;
  readonly state: string;
  readonly receipt: string;
  /** `/callback/{id}/{state}` */
  readonly path: string;
  /** With `?state={state}` behind it: what MDES got. */
  readonly target: string;
  /** The two forms that requestors send. */
  readonly raw: string;
  readonly encoded: string;
}

export interface Asked {
  readonly target: string;
  readonly method?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** `TAKEN`, `NOTHING_SAID`: sent on as COMPLETED, or HANDED_OFF; else a page of that status. */
type Comes = 'TAKEN' | 'NOTHING_SAID' | 400 | 404 | 413 | 415;
type Row = readonly [how: string, asked: (push: Sent) => string | Asked, comes: Comes];

const posted = (target: string, body: string, type: string | null = FORM): Asked => ({
  target,
  method: 'POST',
  headers: type === null ? [] : [`content-type: ${type}`],
  body,
});

export const QUERIES: readonly Row[] = [
  ['as documented', ({ target, encoded }) => `${target}&${encoded}`, 'TAKEN'],
  ['with brackets and pipe as they are', ({ target, raw }) => `${target}&${raw}`, 'TAKEN'],
  [
    'with lower-case escapes',
    ({ target, encoded }) => `${target}&${encoded.replace('%5B', '%5b').replace('%7C', '%7c')}`,
    'TAKEN',
  ],
  ['encoded twice', ({ target, encoded }) => `${target}&${encoded.replaceAll('%', '%25')}`, 'TAKEN'],
  ['with results before the state', ({ path, state, raw }) => `${path}?${raw}&state=${state}`, 'TAKEN'],
  ['with a further ?', ({ target, raw }) => `${target}?${raw}`, 'TAKEN'],
  ['with a further ? and &', ({ target, encoded }) => `${target}?&${encoded}`, 'TAKEN'],
  ['with two &', ({ target, raw }) => `${target}&&${raw}&`, 'TAKEN'],
  ['with &amp;', ({ target, raw }) => `${target}&amp;${raw}`, 'TAKEN'],
  [
    'with parameters of its own',
    ({ target, raw }) => `${target}&utm_source=wallet&${raw}&status=FAILED`,
    'TAKEN',
  ],
  ['with its query dropped, and results', ({ path, raw }) => `${path}?${raw}`, 'TAKEN'],
  ['with its query dropped, and results by &', ({ path, raw }) => `${path}&${raw}`, 'TAKEN'],
  ['with another state in the query', ({ path, raw }) => `${path}?state=mine&${raw}`, 'TAKEN'],
  ['with the state said twice', ({ target, state, raw }) => `${target}&state=${state}&${raw}`, 'TAKEN'],
  ['with an empty state', ({ path, raw }) => `${path}?state=&${raw}`, 'TAKEN'],
  ['with the same result twice', ({ target, raw, encoded }) => `${target}&${raw}&${encoded}`, 'TAKEN'],
  ['with broken escapes beside it', ({ target, raw }) => `${target}&%zz=%&%E0%A4%A&${raw}`, 'TAKEN'],
  [
    'by the URL of an earlier release',
    ({ id, state, raw }) => `/callback/${id}?state=${state}&${raw}`,
    'TAKEN',
  ],
  [
    'by that URL, with a wrong state before',
    ({ id, state, raw }) => `/callback/${id}?state=x&state=${state}&${raw}`,
    'TAKEN',
  ],
  ['by that URL, with a further ?', ({ id, state, raw }) => `/callback/${id}?state=${state}?${raw}`, 'TAKEN'],
  ['without results', ({ target }) => target, 'NOTHING_SAID'],
  ['without a query', ({ path }) => path, 'NOTHING_SAID'],
  ['with an empty query', ({ path }) => `${path}?`, 'NOTHING_SAID'],
  ['with words of its own', ({ target }) => `${target}?status=y`, 'NOTHING_SAID'],
  [
    'with a word that nobody knows',
    ({ target, receipt }) => `${target}&results[${receipt}]=DONE`,
    'NOTHING_SAID',
  ],
  ['with an empty result', ({ target, receipt }) => `${target}&results[${receipt}]=`, 'NOTHING_SAID'],
  [
    'with two words for one receipt',
    ({ target, receipt, raw }) => `${target}&${raw}&results[${receipt}]=DECLINED`,
    'NOTHING_SAID',
  ],
  ["with another push's receipt", ({ target }) => `${target}&results[MCC-STL-0]=APPROVED`, 'NOTHING_SAID'],
  [
    'with a script for a word',
    ({ target, receipt }) => `${target}&results[${receipt}]=${SCRIPT}`,
    'NOTHING_SAID',
  ],
  [
    'with a status that reads as an end',
    ({ target }) => `${target}&status=COMPLETED&pushId=x`,
    'NOTHING_SAID',
  ],
  [
    'with 9 kB beside the result',
    ({ target, raw }) => `${target}&${raw}&x=${'x'.repeat(9000)}`,
    'NOTHING_SAID',
  ],
  ['with 8,000 question marks', ({ target, raw }) => `${target}${'?'.repeat(8000)}${raw}`, 'TAKEN'],
];

export const PATHS: readonly Row[] = [
  ['with a slash behind the path', ({ path, state, raw }) => `${path}/?state=${state}&${raw}`, 'TAKEN'],
  ['with a slash behind the URL', ({ target, raw }) => `${target}&${raw}/`, 'TAKEN'],
  ['with a slash behind the URL, and nothing said', ({ target }) => `${target}/`, 'NOTHING_SAID'],
  ['with doubled slashes within', ({ id, state, raw }) => `/callback//${id}//${state}//?${raw}`, 'TAKEN'],
  ['with a doubled slash before', ({ target, raw }) => `/${target}&${raw}`, 'TAKEN'],
  ['with the ? encoded', ({ target, raw }) => `${target.replace('?', '%3F')}&${raw}`, 'TAKEN'],
  ['with the ? encoded, and another', ({ target, raw }) => `${target.replace('?', '%3f')}?${raw}`, 'TAKEN'],
  ['with a session in the path', ({ path, raw }) => `${path};jsessionid=1?${raw}`, 'TAKEN'],
  [
    'by the URL of an earlier release, with a slash',
    ({ id, state, raw }) => `/callback/${id}/?state=${state}&${raw}`,
    'TAKEN',
  ],
  ['with a path below', ({ path, raw }) => `${path}/done?${raw}`, 404],
  ['with a state cut short', ({ path, raw }) => `${path.slice(0, -1)}?${raw}`, 404],
  ['in capitals', ({ path, raw }) => `/callback/${path.slice(10).toUpperCase()}?${raw}`, 404],
  ['without any state', ({ id, raw }) => `/callback/${id}?${raw}`, 404],
  ['with the state in place of the id', ({ state, raw }) => `/callback/${state}?${raw}`, 404],
  ['with nothing behind the route', ({ raw }) => `/callback?${raw}`, 404],
  ['with a slash behind the route', ({ raw }) => `/callback/?${raw}`, 404],
  ['to another host by slashes', ({ id, state }) => `//callback//evil.example/${id}/${state}`, 404],
  ['to another host by an escape', ({ id, state }) => `/callback/%2F%2Fevil.example/${id}/${state}`, 404],
  ['with steps up', ({ id, state, raw }) => `/callback/x/../${id}/${state}?${raw}`, 404],
  ['with a script for an id', () => `/callback/%3Cscript%3Ealert(1)%3C%2Fscript%3E/x`, 404],
  ['with a script as it is', () => `/callback/${SCRIPT}`, 404],
  ['with a line break in the path', ({ path, raw }) => `${path}%0d%0ax-evil:%201?${raw}`, 404],
  [
    'with 12 kB of slashes',
    ({ path, raw }) => `/callback${'/'.repeat(12_000)}${path.slice(9)}?${raw}`,
    'TAKEN',
  ],
  ['with a path of 12 kB', () => `/callback/${'x'.repeat(12_000)}`, 404],
  ['with a broken escape in the path', ({ path, raw }) => `${path}%?${raw}`, 400],
  ['with half a character in the path', ({ path, raw }) => `${path}%ED%A0%80?${raw}`, 400],
];

export const FORMS: readonly Row[] = [
  ['by a form', ({ target, encoded }) => posted(target, encoded), 'TAKEN'],
  [
    'by a form of a page elsewhere',
    ({ target, encoded }) => ({
      ...posted(target, encoded),
      headers: [`content-type: ${FORM}`, 'origin: null'],
    }),
    'TAKEN',
  ],
  ['by a form as it is written', ({ target, raw }) => posted(target, raw, `${FORM}; charset=UTF-8`), 'TAKEN'],
  ['by a form, with results in the query', ({ target, raw }) => posted(`${target}&${raw}`, ''), 'TAKEN'],
  [
    'by a form with the state',
    ({ id, state, raw }) => posted(`/callback/${id}`, `state=${state}&${raw}`),
    'TAKEN',
  ],
  ['by a POST of nothing', ({ target }) => posted(target, '', null), 'NOTHING_SAID'],
  ['by a POST without a type', ({ target, raw }) => posted(target, raw, null), 'NOTHING_SAID'],
  [
    'by a POST of JSON',
    ({ target }) => posted(target, '{"results":{"x":"APPROVED"}}', 'application/json'),
    'NOTHING_SAID',
  ],
  ['by a POST of broken JSON', ({ target }) => posted(target, '{', 'application/json'), 'NOTHING_SAID'],
  ['by a POST of a type that is none', ({ target, raw }) => posted(target, raw, '"><script>'), 415],
  [
    'by a form in parts',
    ({ target }) =>
      posted(
        target,
        '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
        'multipart/form-data; boundary=x',
      ),
    'NOTHING_SAID',
  ],
  [
    'by a form that disagrees with the query',
    ({ target, raw, receipt }) => posted(`${target}&${raw}`, `results[${receipt}]=DECLINED`),
    'NOTHING_SAID',
  ],
  [
    'by a form of 1,000 results',
    ({ target, raw }) => posted(target, `${'results[x]=ERROR&'.repeat(400)}${raw}`),
    'NOTHING_SAID',
  ],
  [
    'by a form of no text',
    ({ target }) => posted(target, '\u0000\uffff=\u0000&results[\u0000]=APPROVED'),
    'NOTHING_SAID',
  ],
  ['by a form of 9 kB', ({ target, raw }) => posted(target, `${raw}&x=${'x'.repeat(9000)}`), 413],
  ['by a form without any state', ({ id, raw }) => posted(`/callback/${id}`, raw), 404],
];
