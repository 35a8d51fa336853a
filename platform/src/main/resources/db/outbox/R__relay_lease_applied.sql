-- What every consumer group has applied of a shard's stream, as the relay last heard: when Redis has
-- lost everything, only what comes after it is appended again. Repeatable, as the services' own
-- migrations begin at version 2.
alter table relay_lease
  add column if not exists applied_ms  bigint not null default 0,
  add column if not exists applied_seq bigint not null default 0;
