-- Conversations as far as messages need them: their order and who may write and read.
create table conversation (
  tenant             text    not null,
  id                 uuid    not null,
  last_seq           bigint  not null default 0,
  membership_version bigint  not null default 0,
  deleted            boolean not null default false,
  primary key (tenant, id)
) with (fillfactor = 70);

-- One row a participant, never deleted: membership and positions. Unread is
--   (conversation.last_seq - base) - (sent_count - base_sent_count)
-- with base = greatest(joined_seq, read_seq), so no message is ever counted.
create table participant (
  tenant          text   not null,
  conversation_id uuid   not null,
  user_id         text   not null,
  joined_seq      bigint not null,
  left_seq        bigint,
  delivered_seq   bigint,
  delivered_at    timestamptz(3),
  read_seq        bigint,
  read_at         timestamptz(3),
  sent_count      bigint not null default 0,
  base_sent_count bigint not null default 0,
  primary key (tenant, conversation_id, user_id),
  foreign key (tenant, conversation_id) references conversation
) with (fillfactor = 70);

create index participant_by_read on participant (tenant, conversation_id, read_seq desc nulls last, user_id);
create index participant_by_delivered on participant (tenant, conversation_id, delivered_seq desc nulls last, user_id);

create table message (
  tenant            text           not null,
  id                uuid           not null,
  conversation_id   uuid           not null,
  seq               bigint         not null,
  kind              text           not null default 'text' check (kind in ('text', 'event')),
  sender_id         text           not null,
  sender_seq        bigint         not null,
  client_message_id text           not null,
  fingerprint       bytea          not null,
  content           text           not null,
  attachments       jsonb,
  created_at        timestamptz(3) not null,
  updated_at        timestamptz(3) not null,
  primary key (tenant, id),
  unique (tenant, conversation_id, seq),
  unique (tenant, conversation_id, sender_id, client_message_id)
);

-- Where someone's own messages stand, for the running number at any position.
create unique index message_by_sender on message (tenant, conversation_id, sender_id, seq) include (sender_seq);

-- A copy of the directory, fed by user_upserted; the higher version wins.
create table person (
  tenant  text    not null,
  id      text    not null,
  name    text    not null,
  email   text    not null,
  active  boolean not null,
  version bigint  not null,
  primary key (tenant, id)
);

do $$
declare t text;
begin
  foreach t in array array['conversation', 'participant', 'message', 'person'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy %I on %I using (tenant = current_setting(''chat.tenant'', true)) '
      'with check (tenant = current_setting(''chat.tenant'', true))', t || '_of_tenant', t);
  end loop;
end $$;
