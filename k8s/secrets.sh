#!/bin/sh
# Prints the Secrets and ConfigMaps that the manifests refer to and that must not be in the repository:
#
#   k8s/secrets.sh [--demo] DIRECTORY | kubectl apply --namespace secureapprove-chat --filename -
#
# DIRECTORY contains their sources. Protect it like a password. It needs:
#   <component>.jwk, trust.json    the keys of internal tokens, generated as k8s/README.md says
#   issuers.properties             the issuers of the tenants, as k8s/README.md says (not with --demo)
#   redis-url                      the URL of Redis with its password (not with --demo)
# It may also contain s3-access-key-id and s3-secret-access-key, and truststore.p12.
# Missing passwords are generated, one file each. If a source is missing, the script prints nothing.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
demo=false
if [ "${1-}" = --demo ]; then
  demo=true
  shift
fi
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
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
else
  need redis-url 'write redis://:<password>@<host>:6379 into it, without a line end'
  need issuers.properties 'k8s/README.md describes its content'
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
  for part in gateway conversation message presence attachment; do
    case $part in
      gateway) module=gateway ;;
      *) module=$part-service ;;
    esac
    secret "$module-key" --from-file=key.jwk="$directory/$part.jwk"
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
  if [ -s "$directory/truststore.p12" ]; then
    config chat-truststore --from-file="$directory/truststore.p12"
  fi

  if $demo; then
    redis=$(password redis)
    printf 'redis://:%s@redis:6379' "$(cat "$redis")" > "$directory/redis-url"
    secret chat-redis --from-file=url="$directory/redis-url" --from-file=password="$redis"
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
    secret chat-redis --from-file=url="$directory/redis-url"
    secret gateway-issuers --from-file="$directory/issuers.properties"
  fi
}

# Collected first, so that a failure of kubectl prints nothing either.
output=$(print_all)
printf '%s\n' "$output"
