#!/bin/sh
# Prints the configuration of a Redis server for the chat: durable, never evicting, with a user for each
# component. Settings in a file, because any process on the machine can read a command line.
#
#   configuration.sh USERS_ACL MAXMEMORY > redis.conf
#
# REDIS_PASSWORD is that of the administrator (the user default), REDIS_<COMPONENT>_PASSWORD that of the
# user chat-<component>.
set -eu
users=$1
memory=$2
printf '%s\n' "requirepass $REDIS_PASSWORD" 'dir /data' 'appendonly yes' 'appendfsync everysec' 'save ""' \
  "maxmemory $memory" 'maxmemory-policy noeviction'
grep '^chat-' "$users" | while read -r user rules; do
  part=$(printf '%s' "${user#chat-}" | tr '[:lower:]' '[:upper:]')
  # notification-service is optional. Without its password it has no user.
  [ "$part" != NOTIFICATION ] || [ -n "${REDIS_NOTIFICATION_PASSWORD:-}" ] || continue
  password=$(printenv "REDIS_${part}_PASSWORD")
  printf 'user %s on >%s %s\n' "$user" "$password" "$rules"
done
