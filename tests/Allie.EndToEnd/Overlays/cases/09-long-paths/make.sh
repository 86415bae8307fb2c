# shellcheck shell=bash
name=$(printf 'd%.0s' {1..250})
for etc in layers/low/etc server/overlays/all/etc; do
  mkdir -p "$etc"
  echo 1 > "$etc/x"
  (
    cd "$etc" || exit
    for _ in {1..15}; do mkdir "$name"; cd "$name" || exit; done
    echo in > fits
    mkdir "$name"; cd "$name" || exit
    echo deep > for-allie
    for _ in {1..3}; do mkdir "$name"; cd "$name" || exit; done
    echo deep > for-rsync
  )
done
echo 'pc1' > server/hosts
