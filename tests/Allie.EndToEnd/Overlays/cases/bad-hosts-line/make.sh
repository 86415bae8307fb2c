# shellcheck shell=bash
mkdir -p server/overlays/all/etc server/overlays/group/lab/all/etc
echo all > server/overlays/all/etc/a
echo lab > server/overlays/group/lab/all/etc/b
printf 'pc[1 groups=x\npc1 groups=lab\n' > server/hosts
serve
