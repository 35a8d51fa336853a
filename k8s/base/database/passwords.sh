#!/bin/sh
# Sets the passwords of the roles in roles.sql, from the variables CHAT_<PART>_PASSWORD (the service)
# and CHAT_<PART>_OWNER_PASSWORD (its migrations). A second run changes them.
#
# psql reads the passwords from the environment, because command lines are visible to other processes.
set -eu
for part in CONVERSATION MESSAGE PRESENCE ATTACHMENT NOTIFICATION; do
  # notification-service is optional. A role without a password cannot log in.
  [ "$part" != NOTIFICATION ] || [ -n "${CHAT_NOTIFICATION_PASSWORD:-}" ] || continue
  for variable in "CHAT_${part}_PASSWORD" "CHAT_${part}_OWNER_PASSWORD"; do
    role=$(echo "${variable%_PASSWORD}" | tr '[:upper:]' '[:lower:]')
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --set "role=$role" \
      --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<SQL
\\getenv password $variable
SET log_statement = 'none';
SET password_encryption = 'scram-sha-256';
ALTER ROLE :"role" PASSWORD :'password';
SQL
  done
done
