# shellcheck shell=bash
echo own | tee image/etc/a image/etc/b > image/etc/c
mkdir layers/low/etc layers/high/etc
touch layers/low/etc/.wh.a layers/high/etc/.wh.b layers/low/etc/.wh.c layers/high/etc/.keep.c
echo high > layers/high/etc/a
echo low > layers/low/etc/b
