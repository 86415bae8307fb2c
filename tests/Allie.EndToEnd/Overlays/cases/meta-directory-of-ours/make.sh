# shellcheck shell=bash
mkdir -p image/etc/own layers/low/etc
mkdir -m 700 layers/low/etc/{own,new}
echo 1 | tee layers/low/etc/own/f > layers/low/etc/new/f
mkdir -p layers/high/etc
mkdir -m 711 layers/high/etc/new
echo 2 > layers/high/etc/new/g
