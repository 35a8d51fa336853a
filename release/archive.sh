#!/bin/sh
# Packs the distribution archive for plain machines from a built checkout:
#
#   ./mvnw -Dquick -DskipTests package && release/archive.sh VERSION DIRECTORY
#
# It contains the programs of the five components, ./chat's tools (keys, doctor), manifests, chart, pages
# and licences, and SHA256SUMS of all files. The same checkout and version give the same archive.
set -eu

if [ $# -ne 2 ]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
version=$1
mkdir -p "$2"
target=$(CDPATH='' cd -- "$2" && pwd)
cd "$(dirname -- "$0")/.."
name=secureapprove-chat-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
mkdir -p "$root/tools/lib"

for module in gateway conversation-service message-service presence-service attachment-service notification-service; do
  if [ ! -f "$module/target/quarkus-app/quarkus-run.jar" ]; then
    echo "$module is not built" >&2
    exit 1
  fi
  cp -R "$module/target/quarkus-app" "$root/$module"
done
# Without the database servers of the local stack.
cp local-stack/target/local-stack.jar "$root/tools/"
for jar in local-stack/target/lib/*.jar; do
  case $jar in
    */embedded-*) ;;
    *) cp "$jar" "$root/tools/lib/" ;;
  esac
done
cp -R k8s docs "$root/"
rm -rf "$root/k8s/tools"
cp README.md LICENSE NOTICE CHANGELOG.md SECURITY.md "$root/"

(cd "$root" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum > SHA256SUMS)
time=$(git log -1 --format=%ct 2>/dev/null || echo 0)
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$time" --create --directory="$work" "$name" \
  | gzip --no-name -"${COMPRESSION:-9}" > "$target/$name.tar.gz"
echo "$target/$name.tar.gz"
