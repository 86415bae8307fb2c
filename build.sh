#!/bin/bash
# The only entry point, for people and for CI: ./build.sh build|test|boot-tests|installer-test|publish|smoke|lab|bench|package
# Each verb does its own set-up: on a fresh Debian machine with the .NET SDK, from a clean clone, as root, nothing else is needed.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C.UTF-8
export PATH="$PATH:/usr/sbin:/sbin"

# shellcheck source=packaging/set-up.sh
. packaging/set-up.sh

usage() {
  sed -n 's/^# The only entry point.*: /usage: /p' "$0"
  exit 2
}

build() {
  dotnet build allie.slnx -v quiet
}

# The shipped file: static Native AOT, in a folder of its own so that its link step never mixes with another flavour's.
publish() {
  set_up build
  local flavour=out/.static
  # A parent folder of props (a checkout inside another) must not change the product.
  dotnet publish src/Allie.Cli -c Release -p:StaticBuild=true --artifacts-path "$flavour" -o "$flavour/publish" -v quiet
  install -m 0755 "$flavour/publish/Allie.Cli" out/allie
  echo "out/allie: $(stat -c %s out/allie) bytes"
}

case "${1:-}" in
  build) set_up build; build ;;
  publish) publish ;;
  test) set_up test; publish; shift; ALLIE_BINARY=$PWD/out/allie exec tests/run.sh "$@" ;;
  boot-tests) set_up boot-tests; publish; shift; ALLIE_BINARY=$PWD/out/allie exec tests/boot/run.sh "$@" ;;
  installer-test) set_up installer-test; publish; shift; ALLIE_BINARY=$PWD/out/allie exec tests/installer/run.sh "$@" ;;
  smoke) set_up smoke; [ -x out/allie ] || publish; exec tests/smoke/run.sh out/allie ;;
  lab) set_up lab; publish; shift; exec lab/run.sh "$@" ;;
  bench) set_up bench; publish; shift; exec bench/run.sh "$@" ;;
  package) publish; set_up package; exec packaging/make.sh out/allie out ;;
  *) usage ;;
esac
