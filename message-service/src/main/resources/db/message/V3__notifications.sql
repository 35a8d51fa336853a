-- Idempotency keys of what host applications publish; kept for a day.
create table notification_key (
  tenant      text           not null,
  publisher   text           not null,
  key         text           not null,
  fingerprint bytea          not null,
  answer      text           not null,
  created_at  timestamptz(3) not null default now(),
  primary key (tenant, publisher, key)
);

create index notification_key_by_age on notification_key (tenant, created_at);

alter table notification_key enable row level security;
alter table notification_key force row level security;
create policy notification_key_of_tenant on notification_key
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
