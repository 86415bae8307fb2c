# shellcheck shell=bash
mkdir -p image/opt/mounted/here layers/low/{etc,usr,opt/mounted}
echo own > image/etc/x
touch layers/low/.wh..wh..opq layers/low/{usr,etc,opt/mounted}/.wh..wh..opq
mount -t tmpfs none image/opt/mounted/here
echo precious > image/opt/mounted/here/file
