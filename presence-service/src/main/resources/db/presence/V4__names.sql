-- The parts of a name as the identity provider sent them; null if it sent none.
-- `name` stays the shown name, so that an older release can still read and write the table.
alter table person
  add column display_name   text,
  add column formatted_name text,
  add column given_name     text,
  add column family_name    text;
