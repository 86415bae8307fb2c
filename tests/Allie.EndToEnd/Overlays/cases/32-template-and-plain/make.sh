# shellcheck shell=bash
printf 'host = "pc1"\n' > facts.toml
echo own > image/etc/both
mkdir layers/{low,high}/etc
echo plain | tee layers/low/etc/{a,both} > layers/high/etc/b
echo '{{ host }}' | tee layers/high/etc/a.allie layers/low/etc/b.allie > layers/low/etc/both.allie
