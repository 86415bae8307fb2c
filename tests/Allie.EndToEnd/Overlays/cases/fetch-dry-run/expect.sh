# shellcheck shell=bash
exits 3 0 3
same before-dry after-dry 'the dry run wrote something'
grep -q '"layer": "all"' out.3 || fail 'the layer is not told'
holds image/etc/x 1
