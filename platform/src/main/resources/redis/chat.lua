#!lua name=chat

-- The parts of a stream entry's id, "<ms>-<seq>", as numbers.
local function id_parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local function last_id(stream)
  if redis.call('EXISTS', stream) == 0 then
    return '0-0'
  end
  local info = redis.call('XINFO', 'STREAM', stream)
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      return info[i + 1]
    end
  end
end

local function is_before(one, other)
  local one_ms, one_seq = id_parts(one)
  local other_ms, other_seq = id_parts(other)
  return one_ms < other_ms or (one_ms == other_ms and one_seq < other_seq)
end

local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- Streams. Keys, all of one shard:
--   chat:{s3}:events        the stream; all services append to it
--   chat:{s3}:changes       the entries of the stream that are changes of conversations, memberships and
--                           people, with the same ids; for services that need no messages
--   chat:{s3}:fence:<part>  the highest fencing token that the service's relay has used
--   chat:{s3}:ends          a hash: by service, the id of its last entry; under * that of any service

-- The id of the last entry of a service.
local function end_of(part, stream, ends, changes)
  if is_before(last_id(stream), redis.call('HGET', ends, '*') or '0-0') then
    redis.call('DEL', ends, changes) -- the stream is not the one that these were appended to
  end
  return redis.call('HGET', ends, part) or '0-0'
end

-- Appends encoded events to a stream and returns their ids, unless
-- - a relay with a higher fencing token has appended: a relay that was paused must not append what its
--   successor has appended;
-- - the last entry of the service is not the one that its relay knows. Then nothing is appended and the
--   answer is {"AT", id}: Redis has lost or regained data, or a relay ended before it stored its progress.
-- KEYS: the stream, the fence, the ends, the changes. ARGS: service, fencing token, last entry that the
-- relay knows ("0-0" for none), a character for each event ("c" for a change, "f" for a frequent event),
-- event...
local function append(keys, args)
  local part, fence = args[1], tonumber(args[2])
  local highest = tonumber(redis.call('GET', keys[2]) or '0')
  if fence < highest then
    return redis.error_reply('FENCED by ' .. highest)
  end
  if fence > highest then
    redis.call('SET', keys[2], args[2])
  end
  local at = end_of(part, keys[1], keys[3], keys[4])
  if at ~= args[3] then
    return {'AT', at}
  end
  local ids = {}
  for i = 5, #args do
    local id = redis.call('XADD', keys[1], '*', 'e', args[i])
    ids[#ids + 1] = id
    if string.byte(args[4], i - 4) == 99 then
      if not is_before(last_id(keys[4]), id) then
        redis.call('DEL', keys[4]) -- the changes of another stream
      end
      redis.call('XADD', keys[4], id, 'e', args[i])
    end
  end
  if #ids > 0 then
    redis.call('HSET', keys[3], part, ids[#ids], '*', ids[#ids])
  end
  return ids
end

-- The last entry that every group of a stream has applied: the one before the first entry that a group
-- still needs, or `all` if no group needs one.
local function applied(stream, all)
  local lowest = all
  if redis.call('EXISTS', stream) == 0 then
    return lowest
  end
  local last = last_id(stream)
  for _, info in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local group = {}
    for i = 1, #info, 2 do
      group[info[i]] = info[i + 1]
    end
    local id = group['last-delivered-id']
    if group['pending'] > 0 then
      local ms, seq = id_parts(redis.call('XPENDING', stream, group['name'])[2])
      id = seq > 0 and string.format('%.0f-%.0f', ms, seq - 1) or string.format('%.0f-0', ms - 1)
    elseif not is_before(id, last) then
      id = all
    end
    if is_before(id, lowest) then
      lowest = id
    end
  end
  return lowest
end

-- Removes entries that are older than the time to keep and applied by every group, and entries beyond the
-- maximum length in any case. The newest entry that is old enough stays, so that a client that stood there
-- has the whole window to come back.
-- KEYS: the stream, the ends, the changes. ARGS: ms to keep, maximum length, service, last entry that its
-- relay knows.
-- Returns the last entry that every group has applied, or nothing if the stream does not exist or is not the
-- one that the relay knows.
local function trim(keys, args)
  if redis.call('EXISTS', keys[1]) == 0 or end_of(args[3], keys[1], keys[2], keys[3]) ~= args[4] then
    return false
  end
  local all = last_id(keys[1])
  local done = applied(keys[1], all)
  local changed = applied(keys[3], all)
  if is_before(changed, done) then
    done = changed
  end
  local cut = now() - tonumber(args[1]) - 1
  -- Looked at first, because Redis walks through the whole stream if no entry is old enough: 60 ms for 100,000
  -- entries, in which it serves nobody.
  local oldest = redis.call('XRANGE', keys[1], '-', '+', 'COUNT', 1)
  if #oldest > 0 and id_parts(oldest[1][1]) <= cut then
    local first = redis.call('XREVRANGE', keys[1], string.format('%.0f', cut), '-', 'COUNT', 1)[1][1]
    if is_before(done, first) then
      first = done
    end
    redis.call('XTRIM', keys[1], 'MINID', first)
    redis.call('XTRIM', keys[3], 'MINID', first)
  end
  redis.call('XTRIM', keys[1], 'MAXLEN', args[2])
  redis.call('XTRIM', keys[3], 'MAXLEN', args[2])
  return done
end

-- Removes the consumers of a group that have been idle for a time and have no pending entries: each start of
-- a replica adds one. KEYS: the stream. ARGS: group, ms. Returns their number.
local function forget_consumers(keys, args)
  local forgotten = 0
  for _, info in ipairs(redis.call('XINFO', 'CONSUMERS', keys[1], args[1])) do
    local consumer = {}
    for i = 1, #info, 2 do
      consumer[info[i]] = info[i + 1]
    end
    -- a removed consumer with pending entries would lose them
    if consumer['pending'] == 0 and consumer['idle'] >= tonumber(args[2]) then
      redis.call('XGROUP', 'DELCONSUMER', keys[1], args[1], consumer['name'])
      forgotten = forgotten + 1
    end
  end
  return forgotten
end

redis.register_function('chat_append', append)
redis.register_function('chat_forget_consumers', forget_consumers)
redis.register_function('chat_trim', trim)

-- Presence. Keys, all of one tenant:
--   chat:{acme}:seen    a sorted set: when each person was last active, in ms of Redis's clock
--   chat:{acme}:online  a sorted set: the same, of people who are online
--   chat:{acme}:seeded  exists unless the two above were lost
-- The functions publish changes on the channel chat:{acme}:presence themselves, so that each change is
-- announced once, independent of the calling replica.
-- The civil date of days since 1970 (Howard Hinnant's algorithm).
local function rfc3339(ms)
  local days = math.floor(ms / 86400000)
  local rest = ms - days * 86400000
  local z = days + 719468
  local era = math.floor(z / 146097)
  local doe = z - era * 146097
  local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524)
    - math.floor(doe / 146096)) / 365)
  local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
  local mp = math.floor((5 * doy + 2) / 153)
  local day = doy - math.floor((153 * mp + 2) / 5) + 1
  local month = mp < 10 and mp + 3 or mp - 9
  local year = yoe + era * 400 + (month <= 2 and 1 or 0)
  return string.format('%04d-%02d-%02dT%02d:%02d:%02d.%03dZ', year, month, day,
    math.floor(rest / 3600000), math.floor(rest / 60000) % 60, math.floor(rest / 1000) % 60,
    rest % 1000)
end

local function announce(seen, person, online, ms)
  local channel = string.gsub(seen, ':seen$', ':presence')
  redis.call('PUBLISH', channel, '{"user_id":' .. cjson.encode(person) .. ',"is_online":'
    .. tostring(online) .. ',"last_seen":"' .. rfc3339(ms) .. '"}')
end

-- Records activity of people. KEYS: seen, online. ARGS: person...
-- Returns the people who were offline before.
local function presence_touch(keys, args)
  local ms = now()
  local crossed = {}
  for _, person in ipairs(args) do
    redis.call('ZADD', keys[1], ms, person)
    if redis.call('ZADD', keys[2], ms, person) == 1 then
      crossed[#crossed + 1] = person
      announce(keys[1], person, true, ms)
    end
  end
  return crossed
end

-- Ends the presence of people who have been inactive for too long. KEYS: seen, online, seeded. ARGS: ms of
-- inactivity after which a person is offline. Returns the people who went offline, or nothing if the data
-- was lost and presence_seed must run first.
local function presence_sweep(keys, args)
  if redis.call('EXISTS', keys[3]) == 0 then
    return false
  end
  local silent = redis.call('ZRANGEBYSCORE', keys[2], '-inf',
    string.format('(%d', now() - tonumber(args[1])), 'WITHSCORES', 'LIMIT', 0, 1000)
  local crossed = {}
  for i = 1, #silent, 2 do
    redis.call('ZREM', keys[2], silent[i])
    crossed[#crossed + 1] = silent[i]
    announce(keys[1], silent[i], false, tonumber(silent[i + 1]))
  end
  return crossed
end

-- After a loss of data: sets recently active people online from now on, so that they have time to show
-- activity before they go offline. KEYS: seen, online, seeded. ARGS: person, last activity, ... Does nothing
-- if another replica has done it.
local function presence_seed(keys, args)
  if redis.call('SETNX', keys[3], '1') == 0 then
    return 0
  end
  local ms = now()
  for i = 1, #args, 2 do
    redis.call('ZADD', keys[1], 'NX', args[i + 1], args[i])
    redis.call('ZADD', keys[2], 'NX', ms, args[i])
  end
  return #args / 2
end

redis.register_function('presence_touch', presence_touch)
redis.register_function('presence_sweep', presence_sweep)
redis.register_function('presence_seed', presence_seed)

-- Rate limits: a sliding window, shared by all replicas.
-- Key chat:{acme}:limit:<kind>:<person>: a sorted set of the requests in the window, by ms of Redis's clock.

-- Takes requests. KEYS: the limit of each request, all of one tenant. ARGS: for each request its maximum,
-- its window in ms, and a name for it. Returns for each the ms after which there is room again if it was
-- refused; otherwise minus the number of requests for which there is still room.
local function limit_count_all(keys, args)
  local ms = now()
  local answers = {}
  for i, key in ipairs(keys) do
    local most, window = tonumber(args[3 * i - 2]), tonumber(args[3 * i - 1])
    redis.call('ZREMRANGEBYSCORE', key, '-inf', ms - window)
    local taken = redis.call('ZCARD', key)
    if taken < most then
      redis.call('ZADD', key, ms, args[3 * i])
      redis.call('PEXPIRE', key, window)
      answers[i] = taken + 1 - most
    else
      local oldest = redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')
      answers[i] = oldest[2] and math.max(1, tonumber(oldest[2]) + window - ms) or window
    end
  end
  return answers
end

-- The same for a former release: 0 for each request that was taken.
local function limit_take_all(keys, args)
  local answers = limit_count_all(keys, args)
  for i = 1, #answers do
    answers[i] = math.max(0, answers[i])
  end
  return answers
end

redis.register_function('limit_count_all', limit_count_all)
redis.register_function('limit_take_all', limit_take_all)
