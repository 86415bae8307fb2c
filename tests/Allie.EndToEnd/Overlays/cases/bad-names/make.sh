# shellcheck shell=bash
mkdir -p layers/low/etc/.wh.dir layers/low/etc/ok
echo own > image/etc/dir
touch layers/low/etc/.wh. layers/low/etc/.wh..wh.x layers/low/etc/x.allie-later
echo x | tee layers/low/etc/twice layers/low/etc/twice.allie-once > layers/low/etc/ok/x
