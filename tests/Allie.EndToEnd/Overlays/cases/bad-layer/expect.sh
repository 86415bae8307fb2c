# shellcheck shell=bash
exits 1 1 2 1
as_before
