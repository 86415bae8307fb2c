# shellcheck shell=bash
exits 0
link image/lib64 usr/lib64
holds image/usr/lib64/new new
holds image/usr/lib64/old ours
twice_is_once low
withdrawn_is_before
