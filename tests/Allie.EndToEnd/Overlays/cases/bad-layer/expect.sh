# shellcheck shell=bash
exits 2 2 2 2
as_before
grep -q 'missing: there is no such directory' err.1 || fail 'not what is wrong with the first'
grep -q 'file: that is a file, not a directory' err.2 || fail 'not what is wrong with the second'
grep -q 'etc, usr and the like' err.2 || fail 'not what to name instead'
grep -q -- '--root nowhere: there is no such directory' err.4 || fail 'not what is wrong with the root'
