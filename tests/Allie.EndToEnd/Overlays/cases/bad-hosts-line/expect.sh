# shellcheck shell=bash
exits 1
says "hosts(1): 'pc[1' is no host name"
says 'mend that line on the server'
holds image/etc/a all
holds image/etc/b lab
