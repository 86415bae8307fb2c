# shellcheck shell=bash
mkdir -p image/etc/dir layers/low/etc/file layers/high/etc/file
echo deep > image/etc/dir/in
echo own > image/etc/file
touch layers/low/etc/.wh.{dir,file}
echo 1 | tee layers/low/etc/file/f layers/low/etc/dir layers/high/etc/file/f > layers/high/etc/dir
