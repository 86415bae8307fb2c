# The words to add to the installer's kernel line
# shellcheck shell=bash
typed server 'allie installer bootline --release F42 --url http://server/f42.ks --keyword vanilla'
line=$(cat "$work/step/out")
check 'it names the file' grep -Eq '(^| )(inst\.)?ks=http://server/f42\.ks( |$)' <<<"$line"
check 'it has the keyword' grep -Eq '(^| )vanilla( |$)' <<<"$line"
note "$(grep -Eo '(inst\.)?ks=.*' <<<"$line" | head -n 1)"
