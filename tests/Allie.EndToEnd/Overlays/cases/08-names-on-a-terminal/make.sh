# shellcheck shell=bash
mkdir layers/low/etc layers/low/proc
echo 1 > layers/low/etc/$'\e[31mred\nallie: done'
echo 1 > layers/low/proc/$'\e[31mred\nallie: done'
