-- Mails about unread messages: the conversations to review, and the people to look at.

-- A row for each conversation with a message whose quiet time has not been reviewed.
create table mail_conversation (
  tenant          text           not null,
  conversation_id uuid           not null,
  attempts        integer        not null default 0,
  -- The end of the quiet time. While a review is under way, the end of its lease.
  next_attempt_at timestamptz(3) not null,
  primary key (tenant, conversation_id)
);

create index mail_conversation_due on mail_conversation (tenant, next_attempt_at);

create table mail_person (
  tenant          text           not null,
  user_id         text           not null,
  -- False from an unsubscription on.
  wanted          boolean        not null default true,
  -- As the person has chosen it; null until then.
  language        text,
  -- Null without anything to look at. During a look, the end of its lease.
  next_attempt_at timestamptz(3),
  -- The fence of the lease.
  claims          bigint         not null default 0,
  -- Of the mail that is sent at present.
  failures        integer        not null default 0,
  -- Set before the mail is sent, and reset if the server does not accept it.
  mailed_at       timestamptz(3),
  primary key (tenant, user_id)
);

create index mail_person_due on mail_person (tenant, next_attempt_at) where next_attempt_at is not null;

-- The tenants with mails, for the work that goes through them, and the time of their next work.
create table tenant_with_mail (
  tenant text primary key,
  due_at timestamptz(3)
);

call isolate_by_tenant('mail_conversation');
call isolate_by_tenant('mail_person');
call isolate_by_tenant('tenant_with_mail');

create policy tenant_names on tenant_with_mail for select
  using (current_setting('chat.all_tenants', true) = 'on');
