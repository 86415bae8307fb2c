# shellcheck shell=bash
exits 1
says dangling
says loop
link image/dangling nowhere
link image/loop loop
gone image/nowhere
holds image/etc/x x
