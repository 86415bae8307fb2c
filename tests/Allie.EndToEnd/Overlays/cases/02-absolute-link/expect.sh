# shellcheck shell=bash
exits 0
gone outside/x
holds "image$CASE/outside/x" new
link image/srv "$CASE/outside"
twice_is_once low
withdrawn_is_before
