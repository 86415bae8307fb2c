# shellcheck shell=bash
ln -s usr/lib64 image/lib64
echo own > image/usr/lib64/old
mkdir layers/low/lib64
echo new > layers/low/lib64/new
echo ours > layers/low/lib64/old
