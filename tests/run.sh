#!/bin/bash
# All tests. The last line is "N passed, N failed, N skipped"; exit 0 only when none failed, and with CI=true only when none was skipped.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ALLIE_BINARY=${ALLIE_BINARY:-$PWD/out/allie}

dotnet build allie.slnx -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

passed=0 failed=0 skipped=0
for project in tests/Allie.Tests tests/Allie.Linux.Tests tests/Allie.EndToEnd; do
  [ -n "$(find "$project" -name "*.cs" -not -path "*/obj/*" -print -quit)" ] || continue
  log=$(mktemp)
  dotnet run --no-build --project "$project" -- -noColor -showLiveOutput "$@" 2>&1 | tee "$log"
  code=${PIPESTATUS[0]}
  # xunit's own closing line: "Total: 12, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.5s"
  line=$(grep -E 'Total: [0-9]+, Errors:' "$log" | tail -n 1)
  rm -f "$log"
  number() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$line"; }
  bad=0
  if [ -n "$line" ]; then
    bad=$(($(number Failed) + $(number Errors))) left=$(($(number Skipped) + $(number 'Not Run')))
    passed=$((passed + $(number Total) - bad - left)) failed=$((failed + bad)) skipped=$((skipped + left))
  fi
  # A run that crashed or was ended says nothing, or says it by its exit code alone.
  if [ -z "$line" ] || { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
    echo "$project ended without a result (exit $code)"
    failed=$((failed + 1))
  fi
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && { [ "${CI:-}" != true ] || [ "$skipped" -eq 0 ]; }
