# shellcheck shell=bash
n=0
for layer in all f18 group/weak/all group/strong/all group/weak/f18 group/strong/f18 host/pc1/all host/pc1/f18; do
  mkdir -p "server/overlays/$layer/etc"
  for file in $(seq "$n" 7); do echo "$layer" > "server/overlays/$layer/etc/$file"; done
  n=$((n + 1))
done
mkdir -p server/overlays/{sl6,group/other/all,host/pc2/all}/etc
echo wrong | tee server/overlays/{sl6,group/other/all,host/pc2/all}/etc/wrong > server/overlays/sl6/etc/0
echo 'pc1 groups=strong,weak addr=127.0.0.1' > server/hosts
