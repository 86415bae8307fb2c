# shellcheck shell=bash
mkdir -p image/opt/d/sub/empty
echo a > image/opt/d/a
ln image/opt/d/a image/opt/d/hard
echo b > image/opt/d/sub/b
ln -s ../a image/opt/d/sub/link
chown -R 12:34 image/opt/d/sub
chmod 0711 image/opt/d/sub
chmod 4755 image/opt/d/a
mkfifo image/opt/d/fifo
touch -d 2001-02-03 image/opt/d/sub/b
setfattr -n user.note -v kept image/opt/d/sub/b
mkdir layers/low/opt
touch layers/low/opt/.wh.d
