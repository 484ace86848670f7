#!/usr/bin/env bash
# Times whole jobs side by side with numpy and PyTorch (those that are installed) and writes PEERS.md.
# Usage: tests/Tiny.Benchmarks/peers.sh [SHARED [PYTHON]]; defaults: ../shared beside the checkout, /usr/bin/python3.
set -euo pipefail
cd "$(dirname "$0")/../.."
dotnet build tests/Tiny.Benchmarks -c Release -v quiet
exec tests/Tiny.Benchmarks/bin/Release/net10.0/Tiny.Benchmarks peers "${1:-../shared}" "${2:-/usr/bin/python3}" --write
