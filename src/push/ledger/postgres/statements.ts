/** All that the ledger asks of PostgreSQL: one statement for each step, harmless when it is carried out late or twice. */
import { UNDER_WAY_MS } from '../../../resilience/time-limits.js';
import { HISTORY_LIFE_MS, KEY_LIFE_MS } from '../ledger.js';

/** Named, so that each connection parses it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  /** Gives the same answer twice, so that it is asked once more when the first answer is late. */
  readonly repeatable?: true;
}

const milliseconds = (time: string) => `(extract(epoch from ${time}) * 1000)::float8`;
const ago = (ms: number) => `now() - interval '${ms} milliseconds'`;
const at = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)::timestamptz(3)`;

const IS_FREE = `k.since <= case when k.sent then ${ago(KEY_LIFE_MS)} else ${ago(UNDER_WAY_MS)} end`;
const ROW = `p.id, p.owner, p.key_id, p.format, p.phase, p.revision, p.content,
  ${milliseconds('p.created_at')} as created_at, ${milliseconds('p.expires_at')} as expires_at,
  ${milliseconds('now()')} as read_at`;

/**
 * $1 issuer, $2 hashes of the key, $3 hashes of the input, $4 attempt, $5 whom a hold may name, $6 ids of all ledger keys.
 * Gives a row for each hash: what stands there now; none where nothing does and a hold keeps it so. A hold that a strange key
 * was used for may be anybody's.
 * A key that is seen to be taken is only read: repeated requests write nothing, and wait for nobody.
 * The attempt gets a push's row at once, so that its mark and its release meet in it, in whatever order they come.
 * The push is looked up lateral, by its primary key: joined, a planner that knows nothing of the table yet would go through
 * all of the issuer's.
 */
export const RESERVE: Statement = {
  name: 'ledger-reserve',
  repeatable: true,
  text: `with found as (
  select hash as key_hash, input, attempt, sent, since from ledger_key k
  where issuer = $1 and hash = any($2::text[]) and (attempt <> $4 or sent) and not (${IS_FREE})
), hold as (
  select 1 from ledger_hold
  where issuer = $1 and (subject = any($5::text[]) or key_id <> all($6::text[]))
), taken as (
  insert into ledger_key as k (issuer, hash, input, attempt, since, sent)
  select $1, hash, input, $4, now(), false
  from unnest($2::text[], $3::text[]) as asked (hash, input)
  where not exists (select 1 from found) and not exists (select 1 from hold) order by hash
  on conflict (issuer, hash) do update set
    attempt = case when ${IS_FREE} then excluded.attempt else k.attempt end,
    input = case when ${IS_FREE} then excluded.input else k.input end,
    since = case when ${IS_FREE} then excluded.since else k.since end,
    sent = case when ${IS_FREE} then false else k.sent end
  returning hash as key_hash, input, attempt, sent, since
), standing as (
  select * from found union all select * from taken
), ours as (
  insert into ledger_push (issuer, id, owner, key_id, format, phase, created_at, expires_at, content)
  select $1, $4, '', '', 0, 'RESERVED', now(), now(), ''
  where not exists (select 1 from standing where attempt <> $4 or sent) and exists (select 1 from standing)
  on conflict (issuer, id) do nothing
  returning number
)
select s.key_hash, s.input, s.attempt, s.sent, s.since < ${ago(1000)} as settled, (select number from ours) as number,
  p.*
from standing s left join lateral (
  select ${ROW}, p.secrets from ledger_push p
  where p.issuer = $1 and p.id = s.attempt and p.phase <> 'RESERVED' limit 1
) p on s.sent`,
};

/**
 * $1 issuer, $2 hashes of the key, $3 attempt, $4 owner, $5 key id, $6 format, $7 validity, $8 content. Gives a row when
 * the reservation was still whole.
 */
export const MARK_SENT: Statement = {
  name: 'ledger-mark-sent',
  text: `with marked as (
  update ledger_key set sent = true, since = now()
  where issuer = $1 and hash = any($2::text[]) and attempt = $3 and not sent
  returning 1
)
update ledger_push as p set owner = $4, key_id = $5, format = $6::integer, phase = 'SENT', created_at = now(),
  expires_at = now() + $7::float8 * interval '1 millisecond', content = $8::bytea
where p.issuer = $1 and p.id = $3 and p.phase = 'RESERVED'
  and (select count(*) from marked) = cardinality($2::text[])
returning ${milliseconds('p.created_at')} as created_at, ${milliseconds('p.expires_at')} as expires_at`,
};

/**
 * $1 issuer, $2 hashes of the key, $3 hashes of the input, $4 attempt, $5 owner, $6 key id, $7 format, $8 created at,
 * $9 expires at, $10 content, $11 secrets. Puts back what has vanished; another's reservation gives way, since it has
 * sent nothing.
 */
export const CONCLUDE: Statement = {
  name: 'ledger-conclude',
  text: `with put_back as (
  insert into ledger_key as k (issuer, hash, input, attempt, since, sent)
  select $1, hash, input, $4, ${at('$8')}, true
  from unnest($2::text[], $3::text[]) as asked (hash, input) order by hash
  on conflict (issuer, hash) do update set
    input = excluded.input, attempt = excluded.attempt, since = excluded.since, sent = true
  where not k.sent
)
insert into ledger_push as p (issuer, id, owner, key_id, format, phase, created_at, expires_at, content, secrets)
values ($1, $4, $5, $6, $7::integer, 'ENDED', ${at('$8')}, ${at('$9')}, $10::bytea,
  case when ${at('$9')} > now() then $11::bytea end)
on conflict (issuer, id) do update set
  owner = excluded.owner, key_id = excluded.key_id, format = excluded.format, phase = excluded.phase,
  content = excluded.content, secrets = excluded.secrets, revision = p.revision + 1
where p.phase <> 'ENDED'
returning ${milliseconds('now()')} as read_at`,
};

/** $1 issuer, $2 attempt, $3 hashes of the key. */
export const RELEASE: Statement = {
  name: 'ledger-release',
  text: `with gone as (delete from ledger_push where issuer = $1 and id = $2 and phase <> 'ENDED')
delete from ledger_key where issuer = $1 and hash = any($3::text[]) and attempt = $2 and not exists (
  select 1 from ledger_push where issuer = $1 and id = $2 and phase = 'ENDED'
)`,
};

/** $1 issuer, $2 id, $3 hashes of the owner, or null for anybody's. */
export const FIND: Statement = {
  name: 'ledger-find',
  repeatable: true,
  text: `select ${ROW}, p.secrets from ledger_push p
where p.issuer = $1 and p.id = $2 and ($3::text[] is null or p.owner = any($3::text[]))
  and p.phase <> 'RESERVED' and p.created_at > ${ago(HISTORY_LIFE_MS)}`,
};

/** $1 issuer, $2 id, $3 revision that was read, $4 content. Gives a row unless somebody else has changed it since. */
export const CHANGE: Statement = {
  name: 'ledger-change',
  text: `update ledger_push p set content = $4::bytea, revision = revision + 1
where p.issuer = $1 and p.id = $2 and p.revision = $3::integer and p.phase = 'ENDED'
returning p.revision`,
};

/** $1 issuer, $2 hashes of the owner, $3 and $4 time and id to begin after, or null, $5 how many. */
export const HISTORY: Statement = {
  name: 'ledger-history',
  repeatable: true,
  text: `select ${ROW}, null::bytea as secrets from ledger_push p
where p.issuer = $1 and p.owner = any($2::text[]) and p.phase <> 'RESERVED' and p.created_at > ${ago(HISTORY_LIFE_MS)}
  and ($3::float8 is null or (p.created_at, p.id) < (${at('$3')}, $4::text))
order by p.created_at desc, p.id desc limit $5::integer`,
};

/**
 * $1 issuer, $2 id of the key that this process writes with, $3 ids of all its keys. Also shows that the database can be
 * written. Who lacks a key that others wrote with is told so, and does not count as a writer.
 */
export const COUNT_ON: Statement = {
  name: 'ledger-count-on',
  text: `with strangers as (
  select 1 from ledger_writer
  where issuer = $1 and key_id <> all($3::text[]) and used_at > ${ago(HISTORY_LIFE_MS)}
), writing as (
  insert into ledger_writer as w (issuer, key_id, used_at)
  select $1, $2, now() where not exists (select 1 from strangers)
  on conflict (issuer, key_id) do update set used_at = now()
)
insert into ledger_progress as l (issuer, counter) values ($1, 1)
on conflict (issuer) do update set counter = l.counter + 1
returning counter, ${milliseconds('now()')} as counted_at, ${milliseconds('accepted_at')} as accepted_at,
  ${milliseconds('gone_back_at')} as gone_back_at, exists (select 1 from strangers) as lacks_key`,
};

/**
 * $1 issuer, $2 when an operator had accepted, as it was read. For all who look at this database later; an operator who has
 * accepted since then has spoken last.
 */
export const NOTE_GONE_BACK: Statement = {
  name: 'ledger-note-gone-back',
  text: `update ledger_progress set gone_back_at = now()
where issuer = $1 and (gone_back_at is null or gone_back_at <= accepted_at)
  and ${milliseconds('accepted_at')} is not distinct from $2::float8`,
};

const BATCH = 500;

/** In small batches: each is repeated while it finds enough. */
export const SWEEPS: readonly Statement[] = [
  {
    name: 'ledger-sweep-secrets',
    text: `update ledger_push set secrets = null where (issuer, id) in (
  select issuer, id from ledger_push where secrets is not null and expires_at <= now() limit ${BATCH}
)`,
  },
  {
    name: 'ledger-sweep-keys',
    text: `delete from ledger_key where (issuer, hash) in (
  select issuer, hash from ledger_key where since <= ${ago(KEY_LIFE_MS)} limit ${BATCH}
) and since <= ${ago(KEY_LIFE_MS)}`,
  },
  {
    name: 'ledger-sweep-reservations',
    text: `delete from ledger_push where (issuer, id) in (
  select issuer, id from ledger_push where phase = 'RESERVED' and created_at <= ${ago(KEY_LIFE_MS)} limit ${BATCH}
) and phase = 'RESERVED'`,
  },
  {
    name: 'ledger-sweep-pushes',
    text: `delete from ledger_push where (issuer, id) in (
  select issuer, id from ledger_push where created_at <= ${ago(HISTORY_LIFE_MS)} limit ${BATCH}
)`,
  },
];
