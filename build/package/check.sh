#!/usr/bin/env bash
# Packs all that is published and uses it as a stranger would: looks into every package, installs the command and trains with it,
# makes a program from the template, builds and emulates it. Takes what dotnet build Tiny.sln -c Release has made.
# Usage: build/package/check.sh, from anywhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
packed=$work/packed
say() { echo "  $*"; }

dotnet pack build/Packages.proj --no-build -o "$packed" -v quiet --nologo
say "packed $(ls "$packed" | wc -l) files"
TINY_PACKED=$packed dotnet test tests/Tiny.Publishing.Tests -c Release --no-build \
  --filter "FullyQualifiedName~PackedTests" -v quiet --nologo

# From here on nothing of the checkout is used but the packages. Packages of an earlier run would hide these.
cd "$work"
export NUGET_PACKAGES=$work/cache
cache=$(cd "$root" && env -u NUGET_PACKAGES dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
mkdir -p "$NUGET_PACKAGES"
[ -d "$cache/nanoframework.corelibrary" ] && cp -r "$cache/nanoframework.corelibrary" "$NUGET_PACKAGES"
dotnet tool install Tiny.Cli --tool-path tool --source "$packed" >/dev/null
export PATH=$work/tool:$PATH
say "installed tiny $(tiny --version)"

dotnet new install "$packed"/Tiny.Templates.*.nupkg --debug:custom-hive "$work/hive" >/dev/null
core=$(basename "$packed"/Tiny.nanoFramework.Core.[0-9]*.nupkg .nupkg)
dotnet new tiny-app -n Plant --TinyVersion "${core#Tiny.nanoFramework.Core.}" --debug:custom-hive "$work/hive" >/dev/null
cd Plant
if grep -rE 'TinyApp|TINY_|6B0C2E5B' . || [ ! -f Plant.nfproj ] || [ ! -f Plant.csproj ]; then
  echo "dotnet new tiny-app left a placeholder, or made no project of the name asked for." >&2
  exit 1
fi
say "made Plant from the template"

# The README's commands make the model again, to the same bytes.
cp PlantModel.cs before.txt
sed -n 's/^\(tiny .*\)$/\1/p' README.md >commands.sh
[ "$(wc -l <commands.sh)" -eq 2 ]
bash -e commands.sh >/dev/null 2>&1
if ! cmp -s PlantModel.cs before.txt; then
  echo "The template's README makes another model than the template carries." >&2
  exit 1
fi
say "trained and exported its model with the installed command, to the same bytes"

dotnet restore Plant.csproj --source "$packed" --source "${TINY_SOURCE:-https://api.nuget.org/v3/index.json}" -v quiet
dotnet build Plant.csproj -c Release --no-restore -v quiet --nologo
dotnet run --project Plant.csproj -c Release --no-build >said.txt
awk '/^```/ { fences++; next } fences == 3' README.md >expected.txt
if [ ! -s expected.txt ] || ! diff expected.txt said.txt; then
  echo "The template's program says something else than its README." >&2
  exit 1
fi
say "built it against the packages and ran it in the emulator: $(tr '\n' ',' <said.txt)"
