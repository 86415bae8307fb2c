#!/bin/bash
# Plays one overlay case with the published binary: case.sh cases/NN-name (root; ALLIE_BINARY, or out/allie). Its make.sh builds image/ and
# layers/ in a directory of its own, its run gives the commands, its expect.sh says what must have come of them. Mounts stay private.
set -eEuo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ "${CASE_NAMESPACE:-}" != yes ]; then
  CASE_NAMESPACE=yes exec unshare --mount --propagation private bash "${BASH_SOURCE[0]}" "$@"
fi
case=$(cd "$1" && pwd)
export CASE LC_ALL=C TZ=UTC ALLIE_BINARY="${ALLIE_BINARY:-$here/../../../out/allie}"
umask 022

# Not below /tmp: one case takes that away.
CASE=$(mktemp -d /var/tmp/allie-case-XXXXXX)
# shellcheck disable=SC1091
. "$here/words.sh"
# shellcheck disable=SC1091
. "$here/server.sh"

clean_up() {
  trap - ERR
  local pid mount
  while read -r pid; do kill -9 "$pid" 2>/dev/null || :; done < <(cat "$CASE"/pid.* 2>/dev/null)
  cd /
  while read -r mount; do umount -l "$mount"; done < <(findmnt -rno TARGET | grep "^$CASE/" | sort -r)
  find "$CASE" -xdev \( -type f -o -type d \) -print0 | xargs -0r chattr -f -ia || :
  rm -rf --one-file-system "$CASE"
}
trap clean_up EXIT
trap 'trap - ERR; echo "at ${BASH_SOURCE[0]##*/} line $LINENO: $BASH_COMMAND" >&2; show' ERR

cd "$CASE"
mkdir -p image/{etc,opt,proc,root,run,tmp,usr/bin,usr/lib64,var/lib} layers/{low,high,none}
printf '[paths]\nrun = "%s"\n' "$CASE/locks" > allie.toml
echo 0 > ran

# shellcheck disable=SC1091
. "$case/make.sh"
manifest image > before
# shellcheck disable=SC1091
. "$case/run"
# shellcheck disable=SC1091
. "$case/expect.sh"
