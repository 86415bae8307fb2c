# shellcheck shell=bash
mkdir -p outside "image$CASE/outside" layers/low/srv
ln -s "$CASE/outside" image/srv
echo new > layers/low/srv/x
