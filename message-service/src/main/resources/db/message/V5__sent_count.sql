-- The number of messages that a person has sent in a conversation up to a seq, in constant time: the newest of
-- these messages has it. So a send does not change the sender's row in `participant`, and need not wait for
-- transactions that move positions there.
--
-- The rows are compared with the whole key, because only the index message_by_sender has that order. With
-- `sender_id = … order by seq desc`, a plan could read the messages of everyone backwards until it meets one of
-- the sender.
create function sent_count(of_tenant text, of_conversation uuid, of_sender text, up_to bigint) returns bigint
  language sql stable parallel safe
  return coalesce((
    select m.sender_seq
    from (
      select conversation_id, sender_id, sender_seq from message
      where tenant = of_tenant and seq > 0
        and (conversation_id, sender_id, seq) <= (of_conversation, of_sender, up_to)
      order by conversation_id desc, sender_id desc, seq desc limit 1) m
    where m.conversation_id = of_conversation and m.sender_id = of_sender), 0);

-- The column stays for the former release; the next one removes it.
comment on column participant.sent_count is 'no longer written; see the function sent_count';
