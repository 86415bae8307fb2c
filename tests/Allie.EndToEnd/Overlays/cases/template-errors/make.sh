# shellcheck shell=bash
printf 'host = "pc1"\n' > facts.toml
mkdir layers/low/etc
echo own > image/etc/a
printf 'one\n  {{ tag.rom }}\n' > layers/low/etc/a.allie
printf '{{ if x\n' > layers/low/etc/b.allie
printf 'a\0b' > layers/low/etc/c.allie
head -c 1048577 /dev/zero | tr '\0' x > layers/low/etc/d.allie
echo x > layers/low/etc/x
