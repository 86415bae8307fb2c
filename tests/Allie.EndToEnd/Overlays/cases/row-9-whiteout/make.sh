# shellcheck shell=bash
echo own > image/etc/f
ln -s f image/etc/l
mkdir layers/low/etc
touch layers/low/etc/.wh.{f,l,nothing}
