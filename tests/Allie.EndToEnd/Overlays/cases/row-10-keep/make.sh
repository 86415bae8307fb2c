# shellcheck shell=bash
mkdir image/etc/d
echo own | tee image/etc/f > image/etc/d/f
mkdir -p layers/low/etc/d layers/high/etc
echo ours | tee layers/low/etc/f layers/low/etc/d/f > layers/low/etc/d/new
touch layers/high/etc/.keep.f layers/high/etc/.keep.d
