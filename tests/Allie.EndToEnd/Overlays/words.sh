# shellcheck shell=bash
# The words that cases are written in. Everything is below the case's own directory; a word that does not hold ends the case.

# allie WORDS..: the binary as a user calls it; exit code, stdout and stderr are kept, numbered.
allie() {
  local run code=0
  run=$(($(cat ran) + 1))
  echo "$run" > ran
  echo "allie $*" > "call.$run"
  "$ALLIE_BINARY" "$@" --config "$CASE/allie.toml" > "out.$run" 2> "err.$run" < /dev/null || code=$?
  echo "$code" > "code.$run"
}

# apply LAYER.. [-- OPTION..] is: allie apply --root image --layer layers/LAYER.. OPTION..
apply() {
  local words=(--root image)
  while [ $# -gt 0 ] && [ "$1" != -- ]; do words+=(--layer "layers/$1"); shift; done
  allie apply "${words[@]}" "${@:2}"
}

# A tree as other programs than ours see it: type, mode, owner, size, time (not of directories), link target, content, attributes. Our state is left out.
manifest() (
  cd "$1" || exit
  find . -path ./var/lib/allie -prune -o \( -type d -printf '%P %y %m %U %G\0' \) -o -printf '%P %y %m %U %G %s %T@ %l\0' | sort -z
  find . -path ./var/lib/allie -prune -o -type f -print0 | sort -z | xargs -0r md5sum -z
  find . -path ./var/lib/allie -prune -o -print0 | sort -z | xargs -0r getfattr -hd -m- -e hex --absolute-names | tr '\n' '\0'
)

# What no run with nothing to do may change: which file it is, and when anything of it last changed.
identity() (
  cd "$1" || exit
  find . -path ./var/lib/allie -prune -o -printf '%P %i %C@\0' | sort -z
)

fail() {
  trap - ERR
  echo "FAILED: $*" >&2
  show
  exit 1
}

show() {
  local run
  for run in $(seq "$(cat "$CASE/ran")"); do
    (cd "$CASE" && echo "--- $(cat "call.$run") -> exit $(cat "code.$run")" && head -c 3000 "out.$run" "err.$run") >&2 || :
  done
}

same() { cmp -s "$1" "$2" || { diff -a <(tr '\0' '\n' < "$1") <(tr '\0' '\n' < "$2") >&2 || :; fail "$3"; }; }

# exits CODE..: the exit codes of all runs so far.
exits() {
  local codes
  codes=$(for run in $(seq "$(cat ran)"); do cat "code.$run"; done | xargs)
  [ "$codes" = "$*" ] || fail "exit codes are $codes, not $*"
}

last() { cat "out.$(cat ran)" "err.$(cat ran)"; }
says() { last | grep -aqF -- "$1" || fail "the last run does not say: $1"; }
says_not() { ! last | grep -aqF -- "$1" || fail "the last run says: $1"; }
silent() { [ -z "$(last)" ] || fail "the last run is not silent"; }

# holds PATH TEXT: a regular file with this text and a newline.
holds() {
  if [ ! -f "$1" ] || [ -L "$1" ]; then fail "$1 is no regular file"; fi
  printf '%s\n' "$2" | cmp -s - "$1" || fail "$1 holds: $(head -c 300 "$1")"
}

# is PATH 'TYPE MODE UID:GID', as stat has them.
is() { [ "$(stat -c '%F %a %u:%g' "$1")" = "$2" ] || fail "$1 is: $(stat -c '%F %a %u:%g' "$1")"; }
link() { [ "$(readlink "$1")" = "$2" ] || fail "$1 is no link to $2 but: $(stat -c '%F %N' "$1" 2>&1)"; }
gone() { if [ -e "$1" ] || [ -L "$1" ]; then fail "$1 is there"; fi; }

as_before() {
  manifest image > now
  same before now 'the image is not as it was'
}

no_traces() {
  [ -z "$(find image layers -name '.allie-????????????' -print -quit)" ] || fail "left behind: $(find image layers -name '.allie-*')"
}

# twice_is_once LAYER..: the same again says nothing, exits 0, and not even a time changes.
twice_is_once() {
  identity image > once
  apply "$@"
  identity image > twice
  [ "$(cat "code.$(cat ran)")" = 0 ] || fail 'the same again is no success'
  silent
  same once twice 'the same again changed something'
  no_traces
}

# withdrawn_is_before: without any layer the image is as make.sh made it, and nothing is kept of it.
withdrawn_is_before() {
  apply none -- -y
  [ "$(cat "code.$(cat ran)")" = 0 ] || fail 'the withdrawal is no success'
  as_before
  kept=$(find image/var/lib/allie/applied image/var/lib/allie/undo image/var/lib/allie/pending -mindepth 1 2>/dev/null || :)
  [ -z "$kept" ] || fail "still kept: $kept"
  no_traces
}
