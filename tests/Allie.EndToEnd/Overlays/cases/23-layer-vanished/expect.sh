# shellcheck shell=bash
exits 0 0 0
for layer in all f18 group/g/all; do grep -q "layer $layer has" err.2 || fail "layer $layer is not said to be gone"; done
same applied kept 'a layer that vanished was withdrawn'
as_before
