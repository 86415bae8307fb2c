# shellcheck shell=bash
exits 0
manifest layers/low > wanted
manifest image > got
for line in 'etc/x f' 'etc/l l'; do
  [ "$(grep -az "^$line" wanted | tr '\0' ' ')" = "$(grep -az "^$line" got | tr '\0' ' ')" ] || fail "$line differs"
done
[ "$(cd layers/low && getfattr -hd -m- etc/x)" = "$(cd image && getfattr -hd -m- etc/x)" ] || fail 'attributes differ'
twice_is_once low
withdrawn_is_before
