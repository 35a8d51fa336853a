#!/bin/sh
# Restores a dump of k8s/backup.sh into a new, empty database that k8s/database.sh has prepared:
#
#   k8s/restore.sh FILE "postgresql://ADMINISTRATOR@HOST:5432/chat?sslmode=verify-full"
#
# The administrator is the one that ran k8s/database.sh. No component may run. Afterwards empty Redis,
# because its streams belong to the former database.
set -eu

if [ $# -ne 2 ] || [ ! -s "$1" ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
file=$1
url=$2

tables=$(psql --quiet --no-psqlrc --tuples-only --no-align --set ON_ERROR_STOP=1 --command \
  "select count(*) from pg_tables where schemaname in ('conversation','message','presence','attachment')" \
  "$url")
if [ "$tables" != 0 ]; then
  echo "the database already has $tables tables of the chat: restore into a new one" >&2
  exit 1
fi

# The schemas and default privileges exist already, so they are left out.
list=$(mktemp)
trap 'rm -f "$list"' EXIT
pg_restore --list "$file" | grep -v -E ' (SCHEMA|DEFAULT ACL|ACL) - ' | grep -v ' DEFAULT ACL ' > "$list"
pg_restore --dbname="$url" --use-list="$list" --exit-on-error --single-transaction "$file"
