# shellcheck shell=bash
echo target > image/etc/target
ln -s target image/etc/leaf
ln -s /etc/target image/etc/absolute
mkdir layers/low/etc
echo ours | tee layers/low/etc/leaf > layers/low/etc/absolute
