# The cluster as it runs today: the old image deb12 on every PC, its overlay on the server, the hourly job
# shellcheck shell=bash
typed server 'allie server init'
typed server "allie overlay new deb12 --server ${address[server]}"
typed server "printf '%s\n' '[safety]' 'allow-loop-devices = true' '[boot]' 'arguments = \"console=ttyS0\"' >>/srv/allie/overlays/deb12/etc/allie.toml"
typed server "printf '%s\n' 'golden images=deb12 addr=${address[golden]}' 'pc1 images=deb12,deb13 addr=${address[pc1]}' 'pc2 images=deb12,deb13 addr=${address[pc2]}' >>/srv/allie/hosts"
typed server 'allie server conf && systemctl restart rsync'
check 'rsyncd offers the overlay' grep -q '^pc' <<<"$(on server rsync localhost::)"

# pc1 has something of its own in its first slot: no prep may ever take that one.
mkfs.ext4 -q -L thesis "$(part pc1 allie-a)"
for pc in "${pcs[@]}"; do
  at_desk ssh "$pc" mkdir -p /root/util
  at_desk scp "$binary" "$pc:/root/util/allie"
  at_desk scp server:/srv/allie/overlays/deb12/etc/allie.toml "$pc:/etc/allie.toml"
  typed "$pc" '/root/util/allie apply'
  check "$pc has the hourly job, under a name that run-parts runs" \
    grep -qx /etc/cron.hourly/imageconf <<<"$(on "$pc" run-parts --test /etc/cron.hourly)"
  check "$pc has the daemon and the scripts" on "$pc" test -x /root/util/rsync-newdistro-daemon -a -x /root/conf/run-conf -a -x /root/conf/00overlay
done
note 'golden, pc1 and pc2 run deb12 and look at the server each hour; slot a of pc1 holds somebody else'"'"'s files'
