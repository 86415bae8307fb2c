# shellcheck shell=bash
echo own | tee image/etc/a > image/etc/b
mkdir -p image/opt/d layers/low/etc layers/low/opt/d
echo own > image/opt/d/x
echo ours | tee layers/low/etc/{a,b} layers/low/opt/d/{x,y} > layers/low/etc/c
