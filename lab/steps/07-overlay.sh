# Create the overlay of the new image, and put a few files in it
# shellcheck shell=bash
typed server "allie overlay new deb13 --server ${address[server]}"
at_desk rsync -rl --perms --chmod=go-w "$lab/overlay/deb13/" server:/srv/allie/overlays/deb13/
typed server 'cp /srv/allie/overlays/deb12/etc/allie.toml /srv/allie/overlays/deb13/etc/allie.toml'
for file in util/allie util/rsync-image conf/run-conf conf/00overlay; do
  check "the overlay has root/$file" on server test -x "/srv/allie/overlays/deb13/root/$file"
done
note "overlays/deb13: $(on server 'find /srv/allie/overlays/deb13 ! -type d | wc -l') files"
