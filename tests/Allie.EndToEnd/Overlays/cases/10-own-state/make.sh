# shellcheck shell=bash
mkdir -p layers/low/var/lib/allie/undo/etc layers/low/etc
echo forged > layers/low/var/lib/allie/undo/etc/x
echo x > layers/low/etc/x
