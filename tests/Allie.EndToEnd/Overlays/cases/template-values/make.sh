# shellcheck shell=bash
cat > facts.toml <<'END'
host = "pc1"
fqdn = "pc1.example.org"
groups = ["teaching", "gpu"]
image = "f18"
[tag]
room = "W210"
END
mkdir layers/low/etc
cat > layers/low/etc/motd.allie <<'END'
{{ host }} ({{ fqdn }}) of {{ image }} in {{ tag.room }}, {{ tag.desk | default "no desk" }}
{{ if group.gpu }}gpu{{ else }}none{{ end }} {{ if group.other }}other{{ else }}none{{ end }}
{{ for x in groups }}<{{ x }}>{{ end }} {{ "{{" }}
END
chmod 0640 layers/low/etc/motd.allie
chown 5:6 layers/low/etc/motd.allie
echo own > image/etc/motd
