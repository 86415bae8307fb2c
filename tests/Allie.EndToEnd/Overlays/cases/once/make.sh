# shellcheck shell=bash
echo own > image/etc/there
mkdir layers/low/etc
echo once | tee layers/low/etc/there.allie-once > layers/low/etc/new.allie-once
chmod 600 layers/low/etc/new.allie-once
