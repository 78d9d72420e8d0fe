/** What the ledger does on Redis in one step each: Lua, since nothing may come in between. */

/** KEYS: key, prefix of pushes, prefix of secrets. Gives fingerprint, version, open, sealed; nil when the key is free. */
export const FIND = `
local id = redis.call('HGET', KEYS[1], 'push')
if not id then return nil end
local push = redis.call('HMGET', KEYS[2] .. id, 'version', 'open')
return { redis.call('HGET', KEYS[1], 'fingerprint'), push[1], push[2], redis.call('GET', KEYS[3] .. id) }
`;

/**
 * KEYS: key, prefix of pushes, prefix of secrets, owner's list.
 * ARGV: push id, fingerprint, kind, since, open, created at, when a reservation is abandoned, life of the key, life of the
 * push, what is too old for the list. Gives what stands there already, as FIND; nil when the key is taken now.
 */
export const RESERVE = `
local id = redis.call('HGET', KEYS[1], 'push')
if id then
  local push = redis.call('HMGET', KEYS[2] .. id, 'version', 'open', 'kind', 'since')
  local abandoned = push[3] == 'RESERVED' and tonumber(push[4]) <= tonumber(ARGV[7])
  if not abandoned then
    return { redis.call('HGET', KEYS[1], 'fingerprint'), push[1], push[2], redis.call('GET', KEYS[3] .. id) }
  end
  redis.call('DEL', KEYS[2] .. id)
  redis.call('ZREM', KEYS[4], id)
end
redis.call('HSET', KEYS[1], 'push', ARGV[1], 'fingerprint', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[8])
redis.call('HSET', KEYS[2] .. ARGV[1], 'version', '1', 'kind', ARGV[3], 'since', ARGV[4], 'open', ARGV[5])
redis.call('PEXPIRE', KEYS[2] .. ARGV[1], ARGV[9])
redis.call('ZADD', KEYS[4], ARGV[6], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ARGV[10])
redis.call('PEXPIRE', KEYS[4], ARGV[9])
return nil
`;

/** KEYS: push, secrets. Gives version, open, sealed; nil when there is none. */
export const READ = `
local push = redis.call('HMGET', KEYS[1], 'version', 'open')
if not push[1] then return nil end
return { push[1], push[2], redis.call('GET', KEYS[2]) }
`;

/** KEYS: push, secrets. ARGV: version, kind, since, open, sealed or '', life of the secrets. Gives 1; 0 when it has changed since. */
export const CHANGE = `
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
local version = tostring(tonumber(ARGV[1]) + 1)
redis.call('HSET', KEYS[1], 'version', version, 'kind', ARGV[2], 'since', ARGV[3], 'open', ARGV[4])
if ARGV[5] ~= '' then redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6]) end
return 1
`;

/** KEYS: key, push, secrets, owner's list. ARGV: push id. */
export const RELEASE = `
if redis.call('HGET', KEYS[1], 'push') == ARGV[1] then redis.call('DEL', KEYS[1]) end
redis.call('DEL', KEYS[2], KEYS[3])
redis.call('ZREM', KEYS[4], ARGV[1])
return 1
`;

/** KEYS: owner's list, prefix of pushes. ARGV: push id to begin after or '', how many. Gives the opens; nil for a foreign id. */
export const LIST = `
local first = 0
if ARGV[1] ~= '' then
  local rank = redis.call('ZREVRANK', KEYS[1], ARGV[1])
  if not rank then return nil end
  first = rank + 1
end
local opens = {}
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[1], first, first + ARGV[2] - 1)) do
  opens[#opens + 1] = redis.call('HGET', KEYS[2] .. id, 'open') or ''
end
return opens
`;
