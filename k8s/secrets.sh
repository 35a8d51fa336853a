#!/bin/sh
# Prints the Secrets and ConfigMaps that the manifests refer to and that must not be in the repository:
#
#   k8s/secrets.sh [--demo] DIRECTORY | kubectl apply --namespace secureapprove-chat --filename -
#
# DIRECTORY contains their sources. Protect it like a password. It needs:
#   <part>.jwk, trust.json    the keys of internal tokens: ./chat keys DIRECTORY makes them
#   issuers.properties        the tenants' issuers, as k8s/README.md says (not with --demo)
#   redis-url                 the address of Redis with its password (not with --demo)
# Missing passwords are generated, one file each.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
demo=false
if [ "${1-}" = --demo ]; then
  demo=true
  shift
fi
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
  sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
directory=$1
umask 077

need() {
  if [ ! -s "$directory/$1" ]; then
    echo "$directory/$1 is missing: $2" >&2
    exit 1
  fi
}

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

keys='make the keys by ./chat keys DIRECTORY'
need trust.json "$keys"
config chat-internal-trust --from-file=trust.json="$directory/trust.json"
for part in gateway conversation message presence attachment; do
  case $part in
    gateway) module=gateway ;;
    *) module=$part-service ;;
  esac
  need "$part.jwk" "$keys"
  secret "$module-key" --from-file=key.jwk="$directory/$part.jwk"
  if [ "$part" != gateway ]; then
    secret "$module-database" --from-file=password="$(password "chat_$part")"
    secret "$module-owner" --from-file=password="$(password "chat_${part}_owner")"
  fi
done
secret gateway-session --from-file=secret="$(password gateway-session)"

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
  need local-stack.jwk "$keys"
  secret local-stack-key --from-file="$directory/local-stack.jwk"
  config demo-realms \
    --from-file="$here/../local-stack/src/main/resources/keycloak/acme-realm.json" \
    --from-file="$here/../local-stack/src/main/resources/keycloak/globex-realm.json"
else
  need redis-url 'write redis://:<password>@<host>:6379 into it, without a line end'
  secret chat-redis --from-file=url="$directory/redis-url"
  need issuers.properties 'k8s/README.md says what belongs into it'
  secret gateway-issuers --from-file="$directory/issuers.properties"
fi
