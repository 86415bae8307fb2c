# shellcheck shell=bash
exits 3 0 0
iconv -f utf-8 -t utf-8 out.1 > /dev/null || fail 'the JSON is no UTF-8'
grep -qF 'bad\\xff\\xfe' out.1 || fail 'no \xNN in the JSON'
if tr -d '\n' < out.1 | grep -qP '[\x00-\x1f]'; then fail 'control characters in the JSON'; fi
holds 'image/etc/with space' 1
holds $'image/etc/new\nline' 2
holds $'image/etc/latin\xe9' 3
holds $'image/etc/bad\xff\xfe' 4
holds 'image/etc/back\slash' 5
holds "image/etc/\"quote'" 6
holds image/etc/Case 7
holds image/etc/case 8
holds image/etc/-n 9
holds $'image/etc/\e[31mred' 10
holds 'image/etc/ ' 11
gone $'image/etc/gone\xff'
twice_is_once low
withdrawn_is_before
