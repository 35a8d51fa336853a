#!/bin/sh
# Builds a Kubernetes API server, its controllers and scheduler, etcd, kubectl, helm and kubeconform from
# the Go modules of this directory, for ./chat cluster-test:
#
#   k8s/tools/build.sh DIRECTORY
#
# DIRECTORY/bin gets the programs, DIRECTORY/definitions the custom resources that the components use.
# The first build takes six minutes on two cores, a later one seconds. It needs Go 1.24 or later.
set -eu

if [ $# -ne 1 ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
mkdir -p "$1/bin" "$1/definitions"
directory=$(CDPATH='' cd -- "$1" && pwd)
cd "$(dirname -- "$0")"

if ! command -v go > /dev/null; then
  echo 'Go 1.24 or later is required: https://go.dev/dl' >&2
  exit 1
fi

# Prints the directory of a module in the cache of Go.
module() {
  go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p'
}

version=k8s.io/component-base/version
GOBIN=$directory/bin go install -trimpath \
  -ldflags "-X $version.gitVersion=v1.33.13 -X $version.gitMajor=1 -X $version.gitMinor=33" tool

gateway_api=$(module sigs.k8s.io/gateway-api@v1.3.0)
cp "$gateway_api/config/crd/standard/"*.yaml "$directory/definitions/"
prometheus=$(module github.com/prometheus-operator/prometheus-operator@v0.85.0)
for kind in podmonitors prometheusrules; do
  cp "$prometheus/example/prometheus-operator-crd/monitoring.coreos.com_$kind.yaml" "$directory/definitions/"
done
cp "$(module github.com/external-secrets/external-secrets@v0.19.2)/config/crds/bases/external-secrets.io_externalsecrets.yaml" \
  "$(module github.com/kedacore/keda/v2@v2.17.2)/config/crd/bases/keda.sh_scaledobjects.yaml" \
  "$(module github.com/cloudnative-pg/cloudnative-pg@v1.27.0)/config/crd/bases/postgresql.cnpg.io_clusters.yaml" \
  "$directory/definitions/"
# A template of Helm, whose lines with expressions are labels.
cert_manager=$(module github.com/cert-manager/cert-manager@v1.18.2)
sed '/{{/d' "$cert_manager/deploy/crds/crd-certificates.yaml" > "$directory/definitions/certificates.yaml"
chmod u+w "$directory/definitions/"*
