# shellcheck shell=bash
exits 0 1
holds label.key system_u:object_r:key_t:s0
holds 'label.key ü' system_u:object_r:key_t:s0
holds label.plain system_u:object_r:etc_t:s0
holds label.kept system_u:object_r:kept_t:s0
says '/etc/d/more: it is there, but setfiles could not set its SELinux label'
holds image/etc/d/more y
