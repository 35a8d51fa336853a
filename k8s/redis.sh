#!/bin/sh
# Prints the commands that create the users of Redis, one a component, with their passwords:
#
#   k8s/redis.sh DIRECTORY | redis-cli -u rediss://ADMINISTRATOR@HOST:6379
#
# DIRECTORY contains the passwords: k8s/secrets.sh generates them there, as redis-message.password and so
# on. The output has only their hashes. redis-cli takes the administrator's password from REDISCLI_AUTH.
# The setting aclfile of the server names the file in which ACL SAVE keeps the users. A second run
# replaces passwords and rights.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
directory=$1

missing=0
for part in gateway conversation message presence attachment; do
  if [ ! -s "$directory/redis-$part.password" ]; then
    echo "$directory/redis-$part.password is missing: run k8s/secrets.sh first" >&2
    missing=1
  fi
done
[ $missing -eq 0 ] || exit 1

grep '^chat-' "$here/base/redis/users.acl" | while read -r user rules; do
  # notification-service is optional.
  [ "$user" != chat-notification ] || [ -s "$directory/redis-notification.password" ] || continue
  hash=$(sha256sum < "$directory/redis-${user#chat-}.password")
  echo "ACL SETUSER $user reset on #${hash%% *} $rules"
done
echo 'ACL SAVE'
