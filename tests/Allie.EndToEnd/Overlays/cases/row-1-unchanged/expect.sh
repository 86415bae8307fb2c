# shellcheck shell=bash
exits 0 0 0
same once twice 'a run with nothing to do wrote something'
[ "$(jq -c '[.result, .counts, .steps]' out.2)" = '["ok",{},[]]' ] || fail "the JSON is $(cat out.2)"
withdrawn_is_before
