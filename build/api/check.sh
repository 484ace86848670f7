#!/usr/bin/env bash
# Makes the pages of the API from what dotnet build Tiny.sln -c Release has made, into artifacts/api/site.
# A warning is a failure, and so are pages that are missing.
# Usage: build/api/check.sh, from anywhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
rm -rf artifacts/api
mkdir -p artifacts/api/assemblies
types=0
for nuspec in src/*/*.nuspec; do
  name=$(basename "$nuspec" .nuspec)
  cp "src/$name/bin/Release/net10.0/$name".{dll,xml} artifacts/api/assemblies
  types=$((types + $(grep -c '<member name="T:' "artifacts/api/assemblies/$name.xml")))
done

# Where tools were found once is remembered in the home folder, and believed even when packages have moved since. Nothing is remembered here.
NUGET_PACKAGES=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
export NUGET_PACKAGES DOTNET_NOLOGO=1 DOTNET_CLI_HOME=$PWD/artifacts/api/home
dotnet tool restore >/dev/null
dotnet docfx metadata build/api/docfx.json --warningsAsErrors --logLevel warning
dotnet docfx build build/api/docfx.json --warningsAsErrors --logLevel warning

pages=$(find artifacts/api/site/api -name 'Tiny.*.html' | wc -l)
example=artifacts/api/site/api/Tiny.Core.Network.html
if [ "$pages" -lt 200 ] || ! grep -q 'Network.FromBlob(blob)' "$example"; then
  echo "$pages pages for $types documented types; expected 200 or more, and the example of Network in $example." >&2
  exit 1
fi
echo "  $pages pages of the API in artifacts/api/site"
