# shellcheck shell=bash
exits 0
is image 'directory 555 0:0'
is image/etc 'directory 711 3:4'
is image/etc/ssh 'directory 700 0:0'
is image/etc/new 'directory 700 5:6'
is image/etc/new/empty 'directory 755 0:0'
getfattr -d image/etc/new | grep -q user.mark || fail 'the attribute of the new directory is missing'
twice_is_once low
withdrawn_is_before
