# shellcheck shell=bash
mkdir -p layers/low/srv
mknod -m 0640 layers/low/srv/char c 1 3
mknod -m 0600 layers/low/srv/block b 7 200
chown 1:2 layers/low/srv/char
mkfifo -m 0622 layers/low/srv/fifo
truncate -s 50M layers/low/srv/sparse
printf end >> layers/low/srv/sparse
perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "layers/low/srv/socket", Listen => 1) or die'
[ -S layers/low/srv/socket ]
mkdir image/srv
mkfifo image/srv/char
