-- The webhook endpoints of tenants, and the deliveries to them.

create table webhook_endpoint (
  tenant          text           not null,
  id              uuid           not null,
  url             text           not null,
  -- The names of the event types, separated by commas.
  event_types     text           not null,
  description     text           not null,
  secret          text           not null,
  -- After a rotation both secrets sign until this time.
  previous_secret text,
  previous_until  timestamptz(3),
  created_at      timestamptz(3) not null,
  disabled_at     timestamptz(3),
  disabled_reason text,
  primary key (tenant, id)
);

create table webhook_delivery (
  tenant          text           not null,
  id              uuid           not null,
  endpoint_id     uuid           not null,
  event_id        uuid           not null,
  event_type      text           not null,
  payload         text           not null,
  created_at      timestamptz(3) not null default now(),
  state           text           not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts        integer        not null default 0,
  -- The next attempt of a pending delivery. While an attempt is under way, the end of its lease.
  next_attempt_at timestamptz(3) not null default now(),
  last_attempt_at timestamptz(3),
  last_status     integer,
  last_error      text,
  primary key (tenant, id),
  unique (tenant, endpoint_id, event_id)
);

create index webhook_delivery_due on webhook_delivery (tenant, endpoint_id, next_attempt_at)
  where state = 'pending';
create index webhook_delivery_of_endpoint on webhook_delivery (tenant, endpoint_id, id);

-- The tenants that have endpoints, for the work that goes through them, and the time of their next delivery.
create table tenant_with_webhooks (
  tenant text primary key,
  due_at timestamptz(3)
);

call isolate_by_tenant('webhook_endpoint');
call isolate_by_tenant('webhook_delivery');
call isolate_by_tenant('tenant_with_webhooks');

create policy tenant_names on tenant_with_webhooks for select
  using (current_setting('chat.all_tenants', true) = 'on');
