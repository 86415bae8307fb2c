# shellcheck shell=bash
mkdir -p layers/low/root/conf/on-change/etc layers/low/etc
printf '#!/bin/sh\ntouch %s/witness\n' "$CASE" | tee layers/low/root/conf/10script > layers/low/root/conf/on-change/etc/x
chmod +x layers/low/root/conf/10script layers/low/root/conf/on-change/etc/x
echo 1 > layers/low/etc/x
