# shellcheck shell=bash
mkdir -p image/opt/d/e server/overlays/f18/{etc,opt} server/images/.generations/f18/1
echo own | tee "image/etc/x y" image/etc/gone > image/opt/d/e/deep
ln -s somewhere image/etc/link
chmod 640 "image/etc/x y"
touch -d @1000000000 "image/etc/x y" image/etc/gone image/opt/d/e/deep
printf 'name = "f18"\ngeneration = 1\n' > image/etc/allie-image
cp -a image/. server/images/.generations/f18/1
ln -s .generations/f18/1 server/images/f18
echo new | tee "server/overlays/f18/etc/x y" server/overlays/f18/etc/link > server/overlays/f18/etc/more
touch server/overlays/f18/etc/.wh.gone server/overlays/f18/opt/.wh.d
serve
cp -a server/images/f18/etc/allie-image image/etc/allie-image
manifest image > before
