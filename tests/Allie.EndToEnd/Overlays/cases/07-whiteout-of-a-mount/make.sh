# shellcheck shell=bash
mkdir -p image/opt/mounted image/opt/above/below layers/low/opt
mount -t tmpfs none image/opt/mounted
mount -t tmpfs none image/opt/above/below
echo precious | tee image/opt/mounted/file > image/opt/above/below/file
touch layers/low/opt/.wh.{mounted,above}
echo x > layers/low/opt/x
