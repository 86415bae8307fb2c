# shellcheck shell=bash
mkdir -p server/overlays/group/{a,b}/all/etc
echo own | tee image/etc/only-a > image/etc/both
echo a | tee server/overlays/group/a/all/etc/{only-a,new-a} > server/overlays/group/a/all/etc/both
echo b | tee server/overlays/group/b/all/etc/new-b > server/overlays/group/b/all/etc/both
echo 'pc1 groups=a' > server/hosts
