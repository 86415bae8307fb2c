# shellcheck shell=bash
mkdir -p server/overlays/f18/etc server/images/.generations/f18/2
echo own | tee image/etc/a > image/etc/b
cp -a image/. server/images/.generations/f18/2
printf 'name = "f18"\ngeneration = 2\n' > server/images/.generations/f18/2/etc/allie-image
ln -s .generations/f18/2 server/images/f18
echo ours | tee server/overlays/f18/etc/a server/overlays/f18/etc/b > server/overlays/f18/etc/stays
serve
