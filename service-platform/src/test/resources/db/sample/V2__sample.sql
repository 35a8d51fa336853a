-- What a service has: an aggregate whose changes are events, and a copy of the directory.
create table sample (
  tenant  text   not null,
  id      uuid   not null,
  title   text   not null default '',
  version bigint not null default 0,
  primary key (tenant, id)
);

create table person (
  tenant  text    not null,
  id      text    not null,
  name    text    not null,
  email   text    not null,
  active  boolean not null,
  version bigint  not null,
  primary key (tenant, id)
);

call isolate_by_tenant('sample');
call isolate_by_tenant('person');
