# shellcheck shell=bash
mkdir -p outside layers/low/etc/dir layers/high/etc
echo secret > outside/secret
echo x > layers/low/etc/dir/x
ln -s "$CASE/outside" layers/high/etc/dir
ln -s ../../../../../../../../../../../../outside layers/low/up
ln -s "$CASE/outside" layers/high/opt
