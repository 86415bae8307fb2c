# shellcheck shell=bash
exits 0
is image/etc/d 'directory 751 0:0'
is image 'directory 755 0:0'
gone image/etc/d/.allie-dir
chmod 0700 image/etc/d
apply low
is image/etc/d 'directory 751 0:0'
twice_is_once low
withdrawn_is_before
