-- Whom their provider has deleted: out of the directory, but still the name beside what they said.
-- Their user name and external id are free for others.
alter table person add column deleted boolean not null default false;

drop index person_user_name;
drop index person_external_id;
create unique index person_user_name on person (tenant, lower(user_name)) where not deleted;
create unique index person_external_id on person (tenant, external_id) where not deleted;
create index person_deleted_user_name on person (tenant, lower(user_name)) where deleted;
create index person_deleted_external_id on person (tenant, external_id) where deleted;
