#!lua name=chat

-- Appends encoded events to a stream, unless a relay with a higher fencing number has been here:
-- a relay that was paused and wakes up late must not append what its successor has appended.
-- KEYS: the stream, the fence. ARGS: fencing number, approximate length to keep, event...
local function append(keys, args)
  local fence = tonumber(args[1])
  local highest = tonumber(redis.call('GET', keys[2]) or '0')
  if fence < highest then
    return redis.error_reply('FENCED by ' .. highest)
  end
  if fence > highest then
    redis.call('SET', keys[2], args[1])
  end
  local ids = {}
  for i = 3, #args do
    ids[#ids + 1] = redis.call('XADD', keys[1], 'MAXLEN', '~', args[2], '*', 'e', args[i])
  end
  return ids
end

redis.register_function('chat_append', append)
