# shellcheck shell=bash

mkdir -p server/overlays/{all,f18.1,f18.2}/etc
for n in 1 2; do
  for file in a b; do echo "$n" > "server/overlays/f18.$n/etc/$file"; done
done
echo gone > server/overlays/f18.1/etc/only-in-1
ln -s f18.1 server/overlays/f18
echo 'pc1' > server/hosts
