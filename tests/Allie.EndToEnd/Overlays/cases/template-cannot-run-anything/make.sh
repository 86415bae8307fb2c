# shellcheck shell=bash
# shellcheck disable=SC2016
printf 'host = "{{ tag.secret }} $(touch witness) `touch witness`"\n[tag]\nsecret = "s"\n' > facts.toml
mkdir layers/low/etc
echo '{{ host }}' > layers/low/etc/a.allie
echo '{{ include "/etc/shadow" }}' > layers/low/etc/b.allie
