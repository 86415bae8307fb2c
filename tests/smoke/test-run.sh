#!/bin/bash
# test-run.sh DIRECTORY: tests/run.sh, with a program in place of dotnet that ends as a run of tests may end.
set -uo pipefail
run=$(cd "$(dirname "$0")/.." && pwd)/run.sh
cat >"$1/dotnet" <<'FAKE'
#!/bin/bash
[ "$1" = run ] || exit 0
[ -z "${SAYS:-}" ] || echo "   Some.Tests  Total: 2, Errors: 0, Failed: $SAYS, Not Run: 0, Time: 0.1s"
exit "$ENDS"
FAKE
chmod 755 "$1/dotnet"

expect() { # CODE LAST-LINE; SAYS, ENDS and CI as the environment has them
  local said code
  said=$(PATH=$1:$PATH "$run" 2>&1)
  code=$?
  [ "$code $(tail -n 1 <<<"$said")" = "$2 $3" ] || { printf 'SAYS=%s ENDS=%s CI=%s: exit %s\n%s\n' "${SAYS:-}" "$ENDS" "$CI" "$code" "$said"; exit 1; }
}
export CI=true
SAYS='0, Skipped: 0' ENDS=0 expect "$1" 0 '6 passed, 0 failed, 0 skipped'
SAYS='1, Skipped: 0' ENDS=1 expect "$1" 1 '3 passed, 3 failed, 0 skipped'
SAYS='0, Skipped: 1' ENDS=0 expect "$1" 1 '3 passed, 0 failed, 3 skipped'
SAYS='0, Skipped: 0' ENDS=134 expect "$1" 1 '6 passed, 3 failed, 0 skipped'
SAYS='' ENDS=0 expect "$1" 1 '0 passed, 3 failed, 0 skipped'
SAYS='' ENDS=137 expect "$1" 1 '0 passed, 3 failed, 0 skipped'
CI=false SAYS='0, Skipped: 1' ENDS=0 expect "$1" 0 '3 passed, 0 failed, 3 skipped'
