# shellcheck shell=bash
ln -s nowhere image/dangling
ln -s loop image/loop
mkdir layers/low/{dangling,loop,etc}
echo x | tee layers/low/dangling/x layers/low/loop/x > layers/low/etc/x
