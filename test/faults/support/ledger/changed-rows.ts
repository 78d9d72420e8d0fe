/** What must hold for rows that are not what they were. */
import type { PostgresServer } from '../../../support/postgres-server.js';
import { LARK } from '../../../support/requestors.js';
import { type Figure, noneOf } from '../../figure.js';
import { postGraphQL } from '../ask-graphql.js';
import { PUSH } from '../documents.js';
import type { GatewayChild } from '../gateway/gateway-child.js';
import { arrivals, pushWithKey } from '../pushes/keyed-pushes.js';
import type { Scene } from '../scene.js';

const READ = 'query ($id: ID!) { push(id: $id) { status accounts { pushAccountReceipt } } }';

/** A row that is not what it was is told of as unreadable, by its key and by its id, and sends nothing. */
export async function changedRowFigures(
  scene: Scene,
  database: PostgresServer,
  one: GatewayChild,
  other: GatewayChild,
): Promise<Figure[]> {
  const amir = { url: other.url, token: await tokenOf(other, 'amir') };
  const odd: string[] = [];
  const changes = {
    garbled: `set content = decode('00', 'hex')`,
    'of a newer format': 'set format = 99',
    'another owner’s': `set owner = (select owner from ledger_push where id = $2)`,
  };
  // Whose row it becomes: amir has pushed something, of which nothing but the owner is taken.
  const input = { idempotencyKey: 'l6-amir', tokenRequestorId: LARK, fundingAccountIds: ['card-11'] };
  const { data } = await postGraphQL(amir, PUSH, { input });
  const amirs = String(data?.pushCard?.id);
  for (const [name, change] of Object.entries(changes)) {
    const key = `l6-${odd.length}-${name.replaceAll(/\W/g, '-')}`;
    const { id } = await pushWithKey(one, key);
    const values = change.includes('$2') ? [id, amirs] : [id];
    await database.query(`update ledger_push ${change} where id = $1`, values);
    const replay = await pushWithKey(other, key);
    if (replay.id !== null) odd.push(`${name}: the key gives ${replay.end}`);
    if (arrivals(scene.stage)(key) !== 1) odd.push(`${name}: sent again`);
    for (const asker of [other, amir]) {
      const read = await postGraphQL(asker, READ, { id });
      if (read.data?.push != null) odd.push(`${name}: read`);
    }
  }
  const list = await postGraphQL(amir, '{ pushes(first: 50) { nodes { id } pageInfo { hasNextPage } } }', {});
  if (!list.text.includes(amirs)) odd.push('amir’s list is not whole');
  return [noneOf('changed rows that are read or sent again', odd)];
}

async function tokenOf({ url }: GatewayChild, accountHolder: string): Promise<string> {
  const answer = await fetch(`${url}/demo/token?sub=${accountHolder}`);
  return ((await answer.json()) as { access_token: string }).access_token;
}
