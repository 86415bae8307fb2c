# shellcheck shell=bash
echo own | tee image/etc/a > image/etc/b
chmod 4711 image/etc/a
mkdir -p image/opt/d layers/low/{etc/new,opt}
echo own > image/opt/d/x
ln -s a image/etc/l
for i in $(seq 60); do echo "$i" > "layers/low/etc/new/$i"; done
echo ours | tee layers/low/etc/a > layers/low/etc/l
touch layers/low/etc/.wh.b layers/low/opt/.wh.d
