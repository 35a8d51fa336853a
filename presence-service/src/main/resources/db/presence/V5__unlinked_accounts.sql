-- Accounts that an administrator has unlinked. For some time they cannot be linked again, so that a
-- session of a former account does not take the person back before the new account signs in.
create table unlinked_account (
  tenant      text           not null,
  issuer      text           not null,
  subject     text           not null,
  unlinked_at timestamptz(3) not null,
  primary key (tenant, issuer, subject)
);

alter table unlinked_account enable row level security;
alter table unlinked_account force row level security;

create policy unlinked_account_of_tenant on unlinked_account
  using (tenant = current_setting('chat.tenant', true))
  with check (tenant = current_setting('chat.tenant', true));
