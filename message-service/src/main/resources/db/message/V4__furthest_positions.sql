-- The two furthest positions of each conversation, so that a message's status takes one row to read and a moved
-- position changes no index. The furthest belongs to delivered_by; the second is the furthest of everybody else.
create table furthest_position (
  tenant           text   not null,
  conversation_id  uuid   not null,
  delivered_by     text,
  delivered_seq    bigint not null default 0,
  delivered_second bigint not null default 0,
  read_by          text,
  read_seq         bigint not null default 0,
  read_second      bigint not null default 0,
  primary key (tenant, conversation_id),
  foreign key (tenant, conversation_id) references conversation
) with (fillfactor = 70);

alter table conversation add column member_count integer not null default 0;

-- Row-level security also holds for the owner, who sets no tenant. It is off for this transaction only.
alter table conversation no force row level security;
alter table participant no force row level security;

update conversation c set member_count = m.members
from (select tenant, conversation_id, count(*) as members from participant
      where left_seq is null group by tenant, conversation_id) m
where c.tenant = m.tenant and c.id = m.conversation_id;

insert into furthest_position
select d.tenant, d.conversation_id, d.by, coalesce(d.first, 0), coalesce(d.second, 0),
       r.by, coalesce(r.first, 0), coalesce(r.second, 0)
from (select tenant, conversation_id,
             (array_agg(user_id order by delivered_seq desc))[1] as by,
             (array_agg(delivered_seq order by delivered_seq desc))[1] as first,
             (array_agg(delivered_seq order by delivered_seq desc))[2] as second
      from participant where delivered_seq is not null group by tenant, conversation_id) d
left join (select tenant, conversation_id,
             (array_agg(user_id order by read_seq desc))[1] as by,
             (array_agg(read_seq order by read_seq desc))[1] as first,
             (array_agg(read_seq order by read_seq desc))[2] as second
      from participant where read_seq is not null group by tenant, conversation_id) r
  using (tenant, conversation_id);

alter table conversation force row level security;
alter table participant force row level security;

alter table furthest_position enable row level security;
alter table furthest_position force row level security;
create policy furthest_position_of_tenant on furthest_position
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));

-- Every update of a position had to change these. A generic plan also used them to look up one participant, and
-- then read the whole group.
drop index participant_by_read;
drop index participant_by_delivered;

-- A generic plan used this index to look up an idempotency key, and then read every message of the sender. A query
-- can use a partial index only if it states the condition, so only "where seq > 0 and seq <= ?" can use it now.
drop index message_by_sender;
create unique index message_by_sender on message (tenant, conversation_id, sender_id, seq)
  include (sender_seq) where seq > 0;
