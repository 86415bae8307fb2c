# shellcheck shell=bash
mkdir -p image/home layers/low/{etc,home/user/.config}
echo x > layers/low/etc/x
echo x | tee layers/low/home/user/.config/x > layers/low/home/motd
