# shellcheck shell=bash
exits 0
getfattr -n security.selinux image/etc/x | grep -q etc_t || fail 'the label was lost'
if getfattr -n security.selinux image/etc/new 2>/dev/null | grep -q home; then fail 'the label of the overlay came along'; fi
setfattr -n security.selinux -v system_u:object_r:other_t:s0 image/etc/x
twice_is_once low
setfattr -n security.selinux -v system_u:object_r:etc_t:s0 image/etc/x
withdrawn_is_before
