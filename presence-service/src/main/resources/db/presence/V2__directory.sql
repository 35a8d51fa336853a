-- Who is in a tenant, and who of an issuer's subjects is whom.

-- One row a tenant that has anybody. Writers of a tenant's directory lock it, so that they come one
-- after the other; the work that goes through all tenants reads their names here and nothing else.
create table directory (
  tenant text primary key
);

create table person (
  tenant      text           not null,
  id          text           not null,
  external_id text,
  user_name   text           not null,
  name        text           not null,
  email       text           not null,
  active      boolean        not null,
  version     bigint         not null,
  created_at  timestamptz(3) not null,
  updated_at  timestamptz(3) not null,
  primary key (tenant, id)
);

create unique index person_user_name on person (tenant, lower(user_name));
create unique index person_external_id on person (tenant, external_id);
create index person_email on person (tenant, lower(email));

-- A subject is one person, and a person is at most one subject of an issuer.
create table sign_in_link (
  tenant    text           not null,
  issuer    text           not null,
  subject   text           not null,
  person_id text           not null,
  linked_at timestamptz(3) not null,
  primary key (tenant, issuer, subject),
  unique (tenant, issuer, person_id),
  foreign key (tenant, person_id) references person
);

-- Apart from the person, because it changes all the time and is nobody's business but ours.
create table last_seen (
  tenant    text           not null,
  person_id text           not null,
  seen_at   timestamptz(3) not null,
  primary key (tenant, person_id),
  foreign key (tenant, person_id) references person
);

alter table directory enable row level security;
alter table directory force row level security;
alter table person enable row level security;
alter table person force row level security;
alter table sign_in_link enable row level security;
alter table sign_in_link force row level security;
alter table last_seen enable row level security;
alter table last_seen force row level security;

create policy directory_of_tenant on directory
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy directory_names on directory for select
  using (current_setting('chat.all_tenants', true) = 'on');
create policy person_of_tenant on person
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy sign_in_link_of_tenant on sign_in_link
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
create policy last_seen_of_tenant on last_seen
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
