#!/bin/sh
# Prints the Secrets and ConfigMaps that the manifests refer to and that must not be in the repository:
#
#   k8s/secrets.sh [--demo] DIRECTORY | kubectl apply --namespace secureapprove-chat --filename -
#
# DIRECTORY contains their sources. Protect it like a password. It needs:
#   <component>.jwk, trust.json    the keys of internal tokens, generated as k8s/README.md says
#   issuers.properties             the issuers of the tenants, as k8s/README.md says (not with --demo)
#   redis-url                      the address of Redis, without a user (not with --demo)
# It may also contain s3-access-key-id and s3-secret-access-key, truststore.p12, the files push-* of Web
# Push, smtp-host, smtp-port, smtp-username, smtp-password and smtp-from of mails, and, for a Redis without
# users, <component>.redis-url with the URL of one component.
# Missing passwords are generated, one file each. If a source is missing, the script prints nothing.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
demo=false
if [ "${1-}" = --demo ]; then
  demo=true
  shift
fi
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
  sed -n '2,13s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
directory=$1
umask 077

missing=0
need() {
  if [ ! -s "$directory/$1" ]; then
    echo "$directory/$1 is missing: $2" >&2
    missing=1
  fi
}

# All sources are checked before anything is printed: kubectl would apply an incomplete list.
keys='generate the keys as k8s/README.md says'
for file in trust.json gateway.jwk conversation.jwk message.jwk presence.jwk attachment.jwk; do
  need "$file" "$keys"
done
if $demo; then
  need local-stack.jwk "$keys"
  printf 'redis://redis:6379' > "$directory/redis-url"
else
  need redis-url 'write rediss://<host>:6379 into it, without a line end'
  need issuers.properties 'k8s/README.md describes its content'
fi
if grep -q @ "$directory/redis-url" 2> /dev/null; then
  echo "$directory/redis-url has a password: each component has its own now, see k8s/README.md" >&2
  missing=1
fi
if ! command -v kubectl > /dev/null; then
  echo 'kubectl is missing: it formats the output' >&2
  missing=1
fi
if [ $missing -ne 0 ]; then
  exit 1
fi

# Prints the path of the file with the password of that name; generates a missing one.
password() {
  file=$directory/$1.password
  if [ ! -s "$file" ]; then
    head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' > "$file"
  fi
  echo "$file"
}

# Prints the URL of Redis for a component: each address with its user and password.
redis_url() {
  if [ -s "$directory/$1.redis-url" ]; then
    cat "$directory/$1.redis-url"
    return
  fi
  user=chat-$1:$(cat "$(password "redis-$1")")
  urls=
  for address in $(tr ',' ' ' < "$directory/redis-url"); do
    urls=$urls${urls:+,}${address%%://*}://$user@${address#*://}
  done
  printf '%s' "$urls"
}

secret() {
  name=$1
  shift
  echo ---
  kubectl create secret generic "$name" "$@" --dry-run=client --output yaml
}

config() {
  name=$1
  shift
  echo ---
  kubectl create configmap "$name" "$@" --dry-run=client --output yaml
}

print_all() {
  config chat-internal-trust --from-file=trust.json="$directory/trust.json"
  optional=
  if [ -s "$directory/notification.jwk" ]; then
    optional=notification
  fi
  for part in gateway conversation message presence attachment $optional; do
    case $part in
      gateway) module=gateway ;;
      *) module=$part-service ;;
    esac
    secret "$module-key" --from-file=key.jwk="$directory/$part.jwk"
    redis_url "$part" | secret "$module-redis" --from-file=url=/dev/stdin
    if [ "$part" != gateway ]; then
      secret "$module-database" --from-file=password="$(password "chat_$part")"
      secret "$module-owner" --from-file=password="$(password "chat_${part}_owner")"
    fi
  done
  secret gateway-session --from-file=secret="$(password gateway-session)"
  if [ -s "$directory/s3-secret-access-key" ]; then
    secret chat-s3 --from-file=access-key-id="$directory/s3-access-key-id" \
      --from-file=secret-access-key="$directory/s3-secret-access-key"
  fi
  if [ -s "$directory/push-private-key" ]; then
    secret chat-push --from-file=private-key="$directory/push-private-key" \
      --from-file=public-key="$directory/push-public-key" --from-file=contact="$directory/push-contact"
  fi
  if [ -s "$directory/smtp-host" ]; then
    set --
    for key in host port username password from; do
      if [ -s "$directory/smtp-$key" ]; then
        set -- "$@" --from-file="$key=$directory/smtp-$key"
      fi
    done
    secret chat-smtp "$@"
  fi
  if [ -s "$directory/truststore.p12" ]; then
    config chat-truststore --from-file="$directory/truststore.p12"
  fi

  if $demo; then
    secret chat-redis \
      --from-file=password="$(password redis)" \
      --from-file=gateway="$(password redis-gateway)" \
      --from-file=conversation="$(password redis-conversation)" \
      --from-file=message="$(password redis-message)" \
      --from-file=presence="$(password redis-presence)" \
      --from-file=attachment="$(password redis-attachment)"
    secret gateway-issuers --from-file="$here/overlays/local/issuers.properties"
    secret demo-postgres --from-file=password="$(password postgres)"
    secret demo-keycloak \
      --from-file=admin-password="$(password keycloak-admin)" \
      --from-file=gateway-client-secret="$(password keycloak-gateway)" \
      --from-file=publisher-client-secret="$(password keycloak-publisher)"
    secret local-stack-key --from-file="$directory/local-stack.jwk"
    config demo-realms \
      --from-file="$here/../local-stack/src/main/resources/keycloak/acme-realm.json" \
      --from-file="$here/../local-stack/src/main/resources/keycloak/globex-realm.json"
  else
    secret gateway-issuers --from-file="$directory/issuers.properties"
  fi
}

# Collected first, so that a failure of kubectl prints nothing either.
output=$(print_all)
printf '%s\n' "$output"
