# shellcheck shell=bash
mkdir layers/low/etc
for i in $(seq 20); do echo "$i" > "layers/low/etc/content$i"; done
touch -d '1 hour ago' layers/low/etc/*
