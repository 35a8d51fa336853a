#!/bin/sh
# Creates schemas and roles in the chat database, and sets the passwords of the roles:
#
#   k8s/database.sh DIRECTORY postgresql://ADMINISTRATOR@HOST:5432/chat?sslmode=verify-full
#
# DIRECTORY contains the passwords: k8s/secrets.sh generates them there, as chat_message.password and
# so on. The administrator must own the database and have CREATEROLE; it need not be a superuser.
# psql asks for its password, or takes it from PGPASSWORD. A second run changes the passwords.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if [ $# -ne 2 ] || [ ! -d "$1" ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
directory=$1
url=$2

parts='conversation message presence attachment'
if [ -s "$directory/chat_notification.password" ]; then
  parts="$parts notification"
fi
missing=0
for part in $parts; do
  for role in "chat_$part" "chat_${part}_owner"; do
    if [ ! -s "$directory/$role.password" ]; then
      echo "$directory/$role.password is missing: run k8s/secrets.sh first" >&2
      missing=1
    fi
  done
done
[ $missing -eq 0 ] || exit 1

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --file "$here/base/database/roles.sql" "$url"
for part in $parts; do
  for role in "chat_$part" "chat_${part}_owner"; do
    # The command line does not show the password. The log of the server does if log_statement is ddl
    # or all; set it to none for this step.
    CHAT_NEW_PASSWORD=$(cat "$directory/$role.password") psql --quiet --no-psqlrc \
      --set ON_ERROR_STOP=1 --set "role=$role" "$url" <<'SQL'
\getenv password CHAT_NEW_PASSWORD
SET password_encryption = 'scram-sha-256';
ALTER ROLE :"role" PASSWORD :'password';
SQL
  done
done
