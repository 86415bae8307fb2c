# shellcheck shell=bash
mkdir -p image/opt/d/sub layers/low/opt/d
echo own | tee image/opt/d/a > image/opt/d/sub/x
chmod 0700 image/opt/d
touch layers/low/opt/.wh.d
echo new > layers/low/opt/d/n
chmod 0711 layers/low/opt/d
