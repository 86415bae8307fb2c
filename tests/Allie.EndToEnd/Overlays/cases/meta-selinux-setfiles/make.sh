# shellcheck shell=bash
contexts=image/etc/selinux/targeted/contexts/files
mkdir -p $contexts image/etc/d layers/low/etc/d
echo 'SELINUXTYPE=targeted' > image/etc/selinux/config
printf '/etc(/.*)?\tsystem_u:object_r:etc_t:s0\n/etc/d/key.*\tsystem_u:object_r:key_t:s0\n' > $contexts/file_contexts
echo own > image/etc/d/kept
for path in etc etc/d etc/d/kept; do setfattr -n security.selinux -v "system_u:object_r:${path##*/}_t:s0" "image/$path"; done
echo x | tee layers/low/etc/d/key{,' ü'} layers/low/etc/d/plain > layers/low/etc/d/kept
