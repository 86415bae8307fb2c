# shellcheck shell=bash
exits 3 0 0 0 3 3
same drifted now 'diff wrote something'
grep -qx -- '-two' out.1 || fail 'no line that goes'
grep -qx -- '+2' out.1 || fail 'no line that comes'
grep -qi 'binary.*differ' out.1 || fail 'binary files are not said to differ'
grep -q '600' out.1 || fail 'the mode is not shown'
if grep -qP '[\x00-\x08\x0e-\x1f]' out.1; then fail 'raw bytes were printed'; fi
jq -e . out.6 > /dev/null
