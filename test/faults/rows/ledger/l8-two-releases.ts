/** L8: this release and the next one, which writes another format and has added a column, push the same keys at once. */
import { runNode } from '../../../support/processes.js';
import { atLeast, exactly, none, noneOf } from '../../figure.js';
import type { Row } from '../../row.js';
import { postGraphQL } from '../../support/ask-graphql.js';
import { nextRelease } from '../../support/ledger/next-release.js';
import { aliveFigures } from '../../support/load/load-figures.js';
import {
  arrivals,
  atOnce,
  KEYED,
  type Pushed,
  type Pusher,
  pushWithKey,
} from '../../support/pushes/keyed-pushes.js';
import type { Scene } from '../../support/scene.js';

const KEYS = 200;
const AT_ONCE = 4;
const READ = 'query ($id: ID!) { push(id: $id) { status } }';

export const twoReleases: Row = {
  id: 'L8',
  title: `old and new release on one database, ${KEYS} keys shared`,
  async run(scene) {
    const { stage } = scene;
    const database = await scene.postgres();
    const old = await scene.gateway({ ranges: stage.knownRanges });
    const next = await startNext(scene);
    const columns = await database.query(
      "select 1 from information_schema.columns where table_name = 'ledger_push' and column_name = 'note'",
    );
    const keys = Array.from({ length: KEYS }, (_, index) => `l8-${index}`);
    const answers = new Map<string, readonly Pushed[]>();
    await atOnce(keys, AT_ONCE, async (key) => {
      // Each is the first every other time.
      const asked = Number(key.slice(3)) % 2 === 0 ? [old, next] : [next, old];
      answers.set(key, await Promise.all(asked.map((gateway) => pushWithKey(gateway, key))));
    });
    const formats = await database.query('select distinct format from ledger_push');
    const odd: string[] = [];
    let readable = 0;
    for (const [key, both] of answers) {
      const ready = both.find(({ end }) => end === 'READY');
      if (ready === undefined) odd.push(`${key}: no READY`);
      for (const gateway of [old, next]) {
        const replay = await pushWithKey(gateway, key);
        if (replay.id !== null && replay.id !== ready?.id) odd.push('another push');
        const { data, codes } = await postGraphQL(gateway, READ, { id: ready?.id });
        if (data?.push?.status === 'READY') readable += 1;
        else if (codes.join() !== 'LEDGER_UNAVAILABLE') odd.push(`neither read nor refused: ${codes.join()}`);
      }
    }
    const sent = arrivals(stage);
    const ends = [...answers.values()].flat().map(({ end }) => end);
    return [
      exactly('columns added', columns.length, 1),
      exactly('formats side by side', formats.length, 2),
      none(`of ${KEYS} keys not sent once`, keys.filter((key) => sent(key) !== 1).length),
      noneOf(
        'answers not READY, IN_PROGRESS or refused',
        ends.filter((end) => !/^(READY|IN_PROGRESS|LEDGER_UNAVAILABLE)$/.test(end)),
      ),
      atLeast('looks that read', readable, KEYS),
      noneOf('other looks', odd),
      ...aliveFigures([old]),
    ];
  },
};

async function startNext(scene: Scene): Promise<Pusher> {
  const { stage } = scene;
  const run = runNode([nextRelease(scene)], {
    ...stage.environment,
    ...KEYED,
    ...scene.ledgerSettings,
    PORT: '0',
    CATALOGUE_WARM: 'off',
    MDES_ACCOUNT_RANGES: stage.knownRanges.join(','),
  });
  scene.owns(async () => void run.child.kill('SIGKILL'));
  const [, url = ''] = await run.says(/"url":"([^"]+)".*"msg":"listening"/);
  const { access_token: token } = (await (await fetch(`${url}/demo/token?sub=susan`)).json()) as {
    access_token: string;
  };
  return { url, token };
}
