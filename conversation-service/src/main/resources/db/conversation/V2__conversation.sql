-- Conversations, who is in them, and a copy of the people shown in them.

create table conversation (
  tenant            text           not null,
  id                uuid           not null,
  is_group          boolean        not null,
  title             text,
  -- The two people of a 1-to-1, in order, so that there is one conversation between them.
  pair_key          text,
  participant_count integer        not null,
  -- Grows with every change of the conversation or its membership.
  version           bigint         not null,
  created_at        timestamptz(3) not null,
  updated_at        timestamptz(3) not null,
  -- Copies of what message-service knows, from its events; the maximum wins.
  last_seq          bigint         not null default 0,
  last_activity_at  timestamptz(3) not null,
  primary key (tenant, id),
  check (is_group = (pair_key is null))
);

create unique index conversation_pair on conversation (tenant, pair_key);

create table participant (
  tenant          text           not null,
  conversation_id uuid           not null,
  user_id         text           not null,
  role            text           not null check (role in ('OWNER', 'ADMIN', 'MEMBER')),
  joined_at       timestamptz(3) not null,
  -- The conversation's last_seq when its participant put it away.
  archived_at_seq bigint,
  muted           boolean        not null default false,
  primary key (tenant, conversation_id, user_id),
  foreign key (tenant, conversation_id) references conversation on delete cascade
);

create index participant_of_person on participant (tenant, user_id, conversation_id);
create index participant_by_standing on participant (tenant, conversation_id, joined_at, user_id);

-- What presence-service has told of its people; a higher version wins.
create table person (
  tenant  text    not null,
  id      text    not null,
  name    text    not null,
  email   text    not null,
  active  boolean not null,
  version bigint  not null,
  primary key (tenant, id)
);

alter table conversation enable row level security;
alter table conversation force row level security;
alter table participant enable row level security;
alter table participant force row level security;
alter table person enable row level security;
alter table person force row level security;

create policy conversation_of_tenant on conversation
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy participant_of_tenant on participant
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy person_of_tenant on person
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
