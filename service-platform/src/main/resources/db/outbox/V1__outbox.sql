-- The transactional outbox, the same in every service's schema (version 1; a service's own
-- migrations begin at version 2).

create table outbox (
  position     bigint generated always as identity primary key,
  shard        smallint       not null,
  tenant       text           not null,
  event_id     uuid           not null,
  payload      text           not null,
  created_at   timestamptz(3) not null default now(),
  published_at timestamptz(3),
  -- where it stands on its stream: the two parts of the entry's id
  stream_ms    bigint,
  stream_seq   bigint
);

create index outbox_pending on outbox (position) where published_at is null;
create index outbox_published on outbox (shard, stream_ms, stream_seq) where published_at is not null;

alter table outbox enable row level security;
alter table outbox force row level security;

create policy outbox_written_by_tenant on outbox for insert
  with check (tenant = current_setting('chat.tenant', true));

-- The relay moves the events of all tenants; it alone sets this, and reads nothing else by it.
create policy outbox_moved_by_relay on outbox
  using (current_setting('chat.relay', true) = 'on');

-- Who relays which shard, and under which fencing number. Holds nothing of any tenant.
create table relay_lease (
  shard      smallint    primary key,
  holder     uuid        not null,
  fence      bigint      not null,
  expires_at timestamptz not null
);
