# shellcheck shell=bash
exits 0
says /etc/x
says redundant
