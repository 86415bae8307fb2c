# shellcheck shell=bash
mkdir layers/low/etc
echo x | tee layers/low/etc/x.allie.allie-once > layers/low/etc/y.allie-once
