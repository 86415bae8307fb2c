# shellcheck shell=bash
exits 0 0 0 0
same before undone 'undo --all did not give the image back'
manifest image > again
same applied again 'apply after undo differs'
[ -z "$(cat out.3 err.3)" ] || fail 'a second undo says something'
