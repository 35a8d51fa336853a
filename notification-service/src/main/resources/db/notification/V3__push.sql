-- Web Push: the subscriptions of people's browsers, the messages to announce, and their deliveries.

create table push_subscription (
  tenant     text           not null,
  id         uuid           not null,
  user_id    text           not null,
  endpoint   text           not null,
  p256dh     text           not null,
  auth       text           not null,
  language   text           not null,
  -- The path of the page that a click opens.
  page       text           not null,
  created_at timestamptz(3) not null,
  primary key (tenant, id),
  unique (tenant, endpoint)
);

create index push_subscription_of_person on push_subscription (tenant, user_id);

-- A row for each message stays for a time after it became deliveries, so that a repeated event adds nothing.
create table push_message (
  tenant          text           not null,
  message_id      uuid           not null,
  conversation_id uuid           not null,
  seq             bigint         not null,
  sender_id       text           not null,
  -- Null where the tenant does not allow it in notifications.
  sender_name     text,
  excerpt         text,
  sent_at         timestamptz(3) not null,
  state           text           not null default 'pending' check (state in ('pending', 'done')),
  attempts        integer        not null default 0,
  -- The next attempt to find the receivers. While one is under way, the end of its lease.
  next_attempt_at timestamptz(3) not null default now(),
  primary key (tenant, message_id)
);

create index push_message_due on push_message (tenant, next_attempt_at) where state = 'pending';

-- A delivery that ended is deleted.
create table push_delivery (
  tenant          text           not null,
  id              uuid           not null,
  message_id      uuid           not null,
  subscription_id uuid           not null,
  user_id         text           not null,
  conversation_id uuid           not null,
  seq             bigint         not null,
  payload         text           not null,
  -- The receiver was online. The first attempt is later, and only sends if they are away by that time.
  was_online      boolean        not null,
  expires_at      timestamptz(3) not null,
  attempts        integer        not null default 0,
  next_attempt_at timestamptz(3) not null default now(),
  primary key (tenant, id),
  unique (tenant, message_id, subscription_id)
);

create index push_delivery_due on push_delivery (tenant, next_attempt_at);
create index push_delivery_of_person on push_delivery (tenant, user_id, conversation_id);

-- The tenants with subscriptions, for the work that goes through them, and the time of their next work.
create table tenant_with_push (
  tenant text primary key,
  due_at timestamptz(3)
);

call isolate_by_tenant('push_subscription');
call isolate_by_tenant('push_message');
call isolate_by_tenant('push_delivery');
call isolate_by_tenant('tenant_with_push');

create policy tenant_names on tenant_with_push for select
  using (current_setting('chat.all_tenants', true) = 'on');
