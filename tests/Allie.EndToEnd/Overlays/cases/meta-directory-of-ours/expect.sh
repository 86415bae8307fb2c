# shellcheck shell=bash
exits 0 0 0 0 0
is image/etc/new 'directory 750 1:1'
is image/etc/own 'directory 755 0:0'
jq -e '[.steps[] | [.path, .action]] == [["/etc/new", "set-metadata"]]' out.5 > /dev/null || fail "the JSON is $(cat out.5)"
twice_is_once low
withdrawn_is_before
