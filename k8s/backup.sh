#!/bin/sh
# Dumps the chat database into a file, as the role chat_backup (k8s/base/database/backup-role.sql):
#
#   k8s/backup.sh FILE "postgresql://chat_backup@HOST:5432/chat?sslmode=verify-full"
#
# pg_dump must be at least as new as the server. The password comes from PGPASSWORD or ~/.pgpass. The
# dump is consistent, and the components keep running.
set -eu

if [ $# -ne 2 ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
file=$1
url=$2
umask 077

# A role that row-level security applies to would dump empty tables without an error.
sees_all=$(psql --quiet --no-psqlrc --tuples-only --no-align --set ON_ERROR_STOP=1 \
  --command 'select rolbypassrls or rolsuper from pg_roles where rolname = current_user' "$url")
if [ "$sees_all" != t ]; then
  echo 'this role does not see all rows: use chat_backup' >&2
  exit 1
fi

partial=$file.partial
pg_dump --format=custom --file="$partial" --no-sync \
  --schema=conversation --schema=message --schema=presence --schema=attachment "$url"
# A dump that cannot be read is no backup.
pg_restore --list "$partial" | grep -q 'TABLE DATA message message '
sync "$partial" 2> /dev/null || sync
mv "$partial" "$file"
