# shellcheck shell=bash
says 'hosts(1'
holds image/etc/a all
holds image/etc/b lab
