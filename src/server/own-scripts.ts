/**
 * Our own Lua scripts, the only ones that a read-only connection runs. They hold nothing but commands that the table flags
 * `readonly` (a test reads them and checks).
 *
 * Decisions:
 * - no shebang: with one, a cluster node refuses keys of several slots;
 * - key names come as ARGV: KEYS of several slots are refused by a cluster node, and the server checks ACL per call anyway;
 * - `pcall` per command: one denied or broken key costs its own fields and never the batch;
 * - idle time before length: on servers without CLIENT NO-TOUCH (before 7.2) STRLEN and its like reset it;
 * - MEMORY USAGE with its default of 5 samples: `SAMPLES 0` counts every element;
 * - all fields as one string, and all names as another: a million small replies cost the client more than the commands cost the server,
 *   which waits meanwhile, since a page's cursor is known only when its reply has been read.
 */

const FIELDS = `
local length_of = { string = 'STRLEN', list = 'LLEN', set = 'SCARD', zset = 'ZCARD', hash = 'HLEN', stream = 'XLEN', vectorset = 'VCARD' }
local out, n = {}, 0
local function code_of(err)
  -- Within a script the server says ERR for what outside is NOPERM; the first wording is that of 7.0, the second later.
  if string.find(err, 'user executing the script', 1, true) or string.find(err, 'ACL failure', 1, true) then return 'NOPERM' end
  return string.match(err, '^%-?(%u%w*)') or 'ERR'
end
local function add(reply)
  n = n + 1
  if type(reply) == 'table' then
    if reply.err then
      out[n] = '!' .. code_of(reply.err)
    else
      out[n] = reply.ok or '-'
    end
  else
    out[n] = reply or '-'
  end
end
local function inspect(key, want_access, want_length, want_memory)
  local kind = redis.pcall('TYPE', key)
  add(kind)
  local name = kind.ok
  if name == 'none' then return end
  add(redis.pcall('PTTL', key))
  add(redis.pcall('OBJECT', 'ENCODING', key))
  if want_access ~= '' then add(redis.pcall('OBJECT', want_access, key)) else add(nil) end
  if want_length ~= '' and length_of[name] then add(redis.pcall(length_of[name], key)) else add(nil) end
  if want_memory ~= '' then add(redis.pcall('MEMORY', 'USAGE', key)) else add(nil) end
end
local function micros(from)
  local now = redis.pcall('TIME')
  if now.err then return 0 end
  local at = tonumber(now[1]) * 1000000 + tonumber(now[2])
  return from and at - from or at
end
local started = micros()
`;

/** ARGV: access (`IDLETIME`, `FREQ` or empty), length and memory (`1` or empty), then keys. Replies [fields, microseconds]. */
const inspect = `${FIELDS}
for i = 4, #ARGV do inspect(ARGV[i], ARGV[1], ARGV[2], ARGV[3]) end
return { table.concat(out, ' '), micros(started) }
`;

/** ARGV: access, length, memory, cursor, count, match (or empty), type (or empty). Replies [cursor, names, fields, microseconds, keys]; a key's fields begin with the length of its name. */
const inspectPage = `${FIELDS}
local line = { 'SCAN', ARGV[4], 'COUNT', ARGV[5] }
if ARGV[6] ~= '' then line[#line + 1] = 'MATCH'; line[#line + 1] = ARGV[6] end
if ARGV[7] ~= '' then line[#line + 1] = 'TYPE'; line[#line + 1] = ARGV[7] end
local page = redis.call(unpack(line))
for _, key in ipairs(page[2]) do
  n = n + 1
  out[n] = #key
  inspect(key, ARGV[1], ARGV[2], ARGV[3])
end
return { page[1], table.concat(page[2]), table.concat(out, ' '), micros(started), #page[2] }
`;

export const OWN_SCRIPTS = { inspect, inspectPage } as const;

export type OwnScript = keyof typeof OWN_SCRIPTS;
