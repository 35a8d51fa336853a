-- The outbox as a log: an event is inserted once and never updated or deleted. Slots are emptied as a whole, by
-- TRUNCATE, when all of their events are old and published. Versions 1.x belong to the outbox; a service's own
-- migrations begin at 2.
create sequence outbox_position;

create table outbox_event (
  position   bigint         not null default nextval('outbox_position'),
  slot       smallint       not null,
  shard      smallint       not null,
  tenant     text           not null,
  event_id   uuid           not null,
  payload    text           not null,
  created_at timestamptz(3) not null default now(),
  primary key (position, slot)
) partition by list (slot);

alter table outbox_event enable row level security;
alter table outbox_event force row level security;

create policy outbox_event_written_by_tenant on outbox_event for insert
  with check (tenant = current_setting('chat.tenant', true));

-- The relay reads the events of all tenants. It alone sets this, and reads nothing else by it.
create policy outbox_event_read_by_relay on outbox_event for select
  using (current_setting('chat.relay', true) = 'on');

do $$
declare
  part text;
  service text := replace(current_user, '_owner', '');
begin
  for n in 0..7 loop
    part := format('outbox_event_%s', n);
    -- No row changes and the slot is truncated, so there is nothing to vacuum.
    execute format(
      'create table %I partition of outbox_event for values in (%s) with (autovacuum_enabled = false)',
      part, n);
    -- A partition that is addressed by its own name shows nothing.
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('grant truncate on %I to %I', part, service);
  end loop;
end $$;

-- How far a shard is published and applied. All events up to published_position are on the stream; the entry at
-- (end_ms, end_seq) was the last one then. The columns applied_ms and applied_seq are for the former release.
alter table relay_lease
  add column if not exists applied_ms  bigint not null default 0,
  add column if not exists applied_seq bigint not null default 0,
  add column published_position bigint not null default 0,
  add column applied_position   bigint not null default 0,
  add column end_ms    bigint not null default 0,
  add column end_seq   bigint not null default 0,
  add column end_event uuid;
