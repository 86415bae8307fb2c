# shellcheck shell=bash
mkdir -p outside layers/low/etc image/var/lib/allie
echo secret > outside/secret
echo x > layers/low/etc/x
ln -s "$CASE/outside" image/var/lib/allie/undo
ln -s ../../../../../outside image/var/lib/allie/applied
ln -s "$CASE/outside/secret" image/var/lib/allie/applying
