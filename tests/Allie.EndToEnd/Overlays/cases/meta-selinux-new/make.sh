# shellcheck shell=bash
mkdir -p image/etc/selinux/strict/contexts/files layers/low/etc/d bin
echo 'SELINUXTYPE=strict' > image/etc/selinux/config
touch image/etc/selinux/strict/contexts/files/file_contexts
setfattr -n security.selinux -v system_u:object_r:etc_t:s0 image/etc
echo x | tee layers/low/etc/d/in > "layers/low/etc/a b"
