# One bridge, and one network namespace for each machine. Runs inside the lab's own namespaces.
# shellcheck shell=bash

machines=(server golden pc1 pc2)
pcs=(golden pc1 pc2)
declare -A address=([server]=10.77.0.1 [golden]=10.77.0.10 [pc1]=10.77.0.11 [pc2]=10.77.0.12 [admin]=10.77.0.254)

lay_network() {
  local name
  mkdir -p /run/netns
  mount -t tmpfs netns /run/netns
  mount --make-shared /run/netns
  ip link set lo up
  ip link add br0 type bridge
  ip link set br0 up
  ip address add "${address[admin]}/24" dev br0
  for name in "${machines[@]}"; do
    ip netns add "$name"
    ip link add "v$name" type veth peer name eth0 netns "$name"
    ip link set "v$name" master br0 up
    ip -n "$name" link set lo up
    ip -n "$name" address add "${address[$name]}/24" dev eth0
    ip -n "$name" link set eth0 up
  done
}

hosts_file() {
  local name
  printf '127.0.0.1 localhost\n'
  for name in "${!address[@]}"; do printf '%s %s\n' "${address[$name]}" "$name"; done
}
