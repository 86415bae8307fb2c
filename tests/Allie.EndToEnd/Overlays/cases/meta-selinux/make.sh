# shellcheck shell=bash
mkdir layers/low/etc
echo own > image/etc/x
setfattr -n security.selinux -v system_u:object_r:etc_t:s0 image/etc/x
echo ours | tee layers/low/etc/x > layers/low/etc/new
setfattr -n security.selinux -v unconfined_u:object_r:user_home_t:s0 layers/low/etc/x
setfattr -n security.selinux -v unconfined_u:object_r:user_home_t:s0 layers/low/etc/new
