# shellcheck shell=bash
long=$(printf 'n%.0s' {1..255})
most=$(printf 'w%.0s' {1..251})
mkdir layers/low/etc
echo own > "image/etc/$long"
echo own > "image/etc/$most"
echo new > "layers/low/etc/$long"
echo new > "layers/low/etc/$(printf 'a%.0s' {1..255})"
touch "layers/low/etc/.wh.$most"
