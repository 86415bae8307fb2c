# shellcheck shell=bash disable=SC2034
# Words for cases with a real sshd and rsyncd. Run by FleetTests in mount, network and process namespaces of its own: loopback is nobody else's,
# and all processes end with the case. /run is a memory file system of the case; $W is its directory there (sshd wants no /tmp above its keys).
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin
W=/run/t
mount -t tmpfs -o mode=755 run /run
mkdir -p "$W" /run/sshd
ip link set lo up
# Each visit is a login of root, whose bash reads ~/.bashrc first when sshd has started it: that of the machine may be slow, or lock something.
for file in "$(getent passwd root | cut -d: -f6)"/.bashrc /etc/ssh/sshrc; do [ ! -e "$file" ] || mount --bind /dev/null "$file"; done
cd "$W"

fail() { echo "FAILED: $*" >&2; exit 1; }
is() { [ "$1" = "$2" ] || fail "'$1' is not '$2'${3:+ ($3)}"; }
allie() { "$ALLIE_BINARY" "$@"; }
on_server() { ALLIE_CONFIG=$W/server.toml allie "$@"; }

# pc NAME WORDS..: the binary as PC NAME runs it.
pc() { local name=$1; shift; ALLIE_CONFIG=$W/$name/allie.toml allie "$@"; }

# A store with images f18 and sl6, layers of every kind, and PCs pc1 to pc3 in the hosts file.
make_store() {
  cat >server.toml <<TOML
store = "$W/store"
[rsyncd]
conf = "$W/rsyncd.conf"
port = 8730
secrets = "$W/secrets"
hosts-allow = ["127.0.0.0/8"]
${1:-}
[ssh]
conf = "$W/sshd_config.d/allie.conf"
TOML
  mkdir -p sshd_config.d
  on_server server init >init.log 2>&1 || fail "$(cat init.log)"
  local image layer
  for image in f18 sl6; do
    mkdir -p "store/images/.generations/$image/1/etc" "store/images/.generations/$image/1/usr"
    echo "secret of $image" >"store/images/.generations/$image/1/etc/shadow"
    printf 'name = "%s"\ngeneration = 1\n' "$image" >"store/images/.generations/$image/1/etc/allie-image"
    ln -s ".generations/$image/1" "store/images/$image"
  done
  for layer in all f18 sl6 group/lab/all group/lab/f18 group/office/all host/pc1/all host/pc2/all; do
    mkdir -p "store/overlays/$layer/etc"
    echo "of $layer" >"store/overlays/$layer/etc/${layer//\//-}"
  done
  cat >>store/hosts <<'HOSTS'
pc1 images=f18 groups=lab     # the first
pc2 images=f18,sl6 groups=office
pc3 images=f18
HOSTS
}

# A PC with its own root directory, so that many live beside each other: NAME/ holds settings, key, state and the image.
make_pc() {
  local name=$1 way=${2:-}
  [ -n "$way" ] || way="port = 2222"$'\n'"host-keys = [\"$(cat "$W/host_key.pub")\"]"
  mkdir -p "$name/root/etc" "$name/root/usr" "$name/run" "$name/state"
  echo 'name = "f18"' >"$name/root/etc/allie-image"
  cat >"$name/allie.toml" <<TOML
[server]
address = "127.0.0.1"
$way
key = "$W/$name/key"
secret = "$W/$name/secret"
[pc]
name = "$name"
[paths]
run = "$W/$name/run"
TOML
}

# make_pc by ssh, its key accepted.
enrolled_pc() {
  make_pc "$1"
  pc "$1" enrol 2>"$1/enrol.log" >"$1/enrol.pub" || fail "$(cat "$1/enrol.log")"
  on_server host enrol "$1" --key - -y <"$1/enrol.pub" >>enrol.log 2>&1 || fail "$(cat enrol.log)"
}

start_sshd() {
  [ -e host_key ] || ssh-keygen -q -t ed25519 -N '' -f host_key
  cat >sshd_config <<CONF
Include $W/sshd_config.d/*.conf
Port 2222
ListenAddress 127.0.0.1
HostKey $W/host_key
PidFile $W/sshd.pid
UsePAM no
LogLevel VERBOSE
CONF
  "$(command -v sshd)" -D -f "$W/sshd_config" -E "$W/sshd.log" &
  sshd=$!
  await 2222
}

# An sshd that lets the administrator in, and RSYNC_RSH so that captures reach it: this machine is the golden PC, too.
admin_by_ssh() {
  ssh-keygen -q -t ed25519 -N '' -C '' -f admin
  echo "AuthorizedKeysFile $W/admin.pub" >sshd_config.d/admin.conf
  start_sshd
  echo "[127.0.0.1]:2222 $(cut -d' ' -f1,2 host_key.pub)" >known
  export RSYNC_RSH="ssh -F none -i $W/admin -o BatchMode=yes -o UserKnownHostsFile=$W/known -p 2222"
}

start_rsyncd() {
  sed -i "1i log file = $W/rsyncd.log" rsyncd.conf
  rsync --daemon --no-detach --config="$W/rsyncd.conf" --address=127.0.0.1 &
  rsyncd=$!
  await 8730
}

await() {
  for _ in {1..1500}; do
    if (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
    sleep 0.02
  done
  fail "nothing listens on $1: $(tail -n 5 sshd.log rsyncd.log 2>/dev/null)"
}

# logins: how many ssh connections were let in.
logins() { grep -c 'Accepted publickey' sshd.log || :; }
