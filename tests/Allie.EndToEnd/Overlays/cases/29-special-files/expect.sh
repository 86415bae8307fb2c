# shellcheck shell=bash
exits 0
is image/srv/char 'character special file 640 1:2'
is image/srv/block 'block special file 600 0:0'
is image/srv/fifo 'fifo 622 0:0'
[ "$(stat -c '%t:%T' image/srv/block)" = 7:c8 ] || fail 'another device'
cmp layers/low/srv/sparse image/srv/sparse
[ "$(stat -c %b image/srv/sparse)" -lt 1000 ] || fail 'the holes are filled'
gone image/srv/socket
twice_is_once low
withdrawn_is_before
