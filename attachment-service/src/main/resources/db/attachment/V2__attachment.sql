-- What is known of each file. The bytes lie in the store, under the tenant and the file's id.

create table attachment (
  tenant            text           not null,
  id                uuid           not null,
  uploader_id       text           not null,
  filename          text           not null,
  content_type      text           not null,
  size              bigint         not null,
  sha256            text           not null,
  has_thumbnail     boolean        not null,
  uploaded_at       timestamptz(3) not null,
  -- The key of the message that carries it, or is about to; null until it is claimed.
  conversation_id   uuid,
  client_message_id text,
  claimed_at        timestamptz(3),
  -- Whether message-service has said that this message exists.
  confirmed         boolean        not null default false,
  primary key (tenant, id),
  check ((conversation_id is null) = (client_message_id is null)
     and (conversation_id is null) = (claimed_at is null))
);

create index attachment_of_conversation on attachment (tenant, conversation_id)
  where conversation_id is not null;
create index attachment_unconfirmed on attachment (tenant, uploaded_at) where not confirmed;

-- The tenants that have files, for the work that goes through them one by one.
create table tenant_with_files (
  tenant text primary key
);

alter table attachment enable row level security;
alter table attachment force row level security;
alter table tenant_with_files enable row level security;
alter table tenant_with_files force row level security;

create policy attachment_of_tenant on attachment
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy tenant_with_files_of_tenant on tenant_with_files
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy tenant_names on tenant_with_files for select
  using (current_setting('chat.all_tenants', true) = 'on');
