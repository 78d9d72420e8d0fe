/** What the ledger does on Redis in one step each: Lua, since nothing may come in between. */

// Redis does not undo what a script did before it failed. So each first reads all that it goes by, and begins to write
// with a command that Redis refuses when it is full: a script that has written once is not refused any more.

/** What stands under a key. A field or row that is missing is false: a key whose push is gone is no free key. */
const STANDING = `
local function standing(key, pushes, secrets)
  local held = redis.call('HMGET', key, 'push', 'fingerprint')
  local id = held[1] or ''
  local push = redis.call('HMGET', pushes .. id, 'version', 'open')
  return { held[1], held[2], push[1], push[2], redis.call('GET', secrets .. id) }
end
`;

/** KEYS: key, prefix of pushes, prefix of secrets. Gives id, fingerprint, version, open, sealed; nil when the key is free. */
export const FIND = `${STANDING}
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
return standing(KEYS[1], KEYS[2], KEYS[3])
`;

/**
 * KEYS: key, prefix of pushes, prefix of secrets, owner's list.
 * ARGV: push id, fingerprint, open, created at, life of the key, life of the push, what is too old for the list, and id and
 * version of the push that may be replaced. Gives what stands there already, as FIND; nil when the key is taken now.
 */
export const RESERVE = `${STANDING}
local replaced = nil
if redis.call('EXISTS', KEYS[1]) == 1 then
  local other = standing(KEYS[1], KEYS[2], KEYS[3])
  if other[1] ~= ARGV[8] or other[3] ~= ARGV[9] then return other end
  replaced = other[1]
end
redis.call('ZADD', KEYS[4], ARGV[4], ARGV[1])
redis.call('PEXPIRE', KEYS[4], ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ARGV[7])
redis.call('HSET', KEYS[2] .. ARGV[1], 'version', '1', 'open', ARGV[3])
redis.call('PEXPIRE', KEYS[2] .. ARGV[1], ARGV[6])
if replaced then
  redis.call('DEL', KEYS[2] .. replaced, KEYS[3] .. replaced)
  redis.call('ZREM', KEYS[4], replaced)
end
redis.call('HSET', KEYS[1], 'push', ARGV[1], 'fingerprint', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return nil
`;

/** KEYS: push, secrets. Gives version, open, sealed; nil when there is none. */
export const READ = `
if redis.call('EXISTS', KEYS[1]) == 0 then return nil end
local push = redis.call('HMGET', KEYS[1], 'version', 'open')
return { push[1], push[2], redis.call('GET', KEYS[2]) }
`;

/**
 * KEYS: push, secrets. ARGV: version, open, what to do with the secrets (KEEP, SET, DROP), sealed, its life.
 * Gives 1; 0 when the push has changed since that version.
 */
export const CHANGE = `
if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'version', 1)
redis.call('HSET', KEYS[1], 'open', ARGV[2])
if ARGV[3] == 'SET' then redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[5]) end
if ARGV[3] == 'DROP' then redis.call('DEL', KEYS[2]) end
return 1
`;

/** KEYS: key, push, secrets, owner's list. ARGV: push id. The key stays when another push has it by now. */
export const RELEASE = `
local isOurs = redis.call('HGET', KEYS[1], 'push') == ARGV[1]
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('DEL', KEYS[2], KEYS[3])
if isOurs then redis.call('DEL', KEYS[1]) end
return 1
`;

/**
 * KEYS: owner's list, prefix of pushes. ARGV: push id to begin after or '', how many.
 * Gives id and open of each; nil when there is no such push to begin after.
 */
export const LIST = `
local first = 0
if ARGV[1] ~= '' then
  local rank = redis.call('ZREVRANK', KEYS[1], ARGV[1])
  if not rank then return nil end
  first = rank + 1
end
local pushes = {}
for i, id in ipairs(redis.call('ZREVRANGE', KEYS[1], first, first + ARGV[2] - 1)) do
  pushes[i] = { id, redis.call('HGET', KEYS[2] .. id, 'open') }
end
return pushes
`;
