#!/usr/bin/perl
# blandify-tree.pl DIRECTORY: a lived-in PC of 100,000 files and 3 GB. The bytes are slices of this machine's own programs and texts, the sizes those of a
# real system (most files small, half of the bytes in few large ones), the same on every run.
use strict; use warnings;
my ($top) = @ARGV;
my ($pool, $state) = ('', 1);
sub draw { $state = ($state * 1103515245 + 12345) & 0x7fffffff; return $state / 0x80000000 }
for my $list ('find /usr/bin /usr/lib/x86_64-linux-gnu /usr/share /etc -xdev -type f -size -20000k -readable 2>/dev/null | LC_ALL=C sort') {
  open my $names, '-|', $list or die;
  while (length $pool < 300_000_000 and defined(my $name = <$names>)) {
    chomp $name;
    open my $in, '<:raw', $name or next;
    local $/; $pool .= <$in> // '';
  }
}
die "no files to take bytes from\n" if length $pool < 50_000_000;
my ($files, $bytes, $goal) = (0, 0, 3 << 30);
for my $n (0 .. 99_899) {
  my $dir = sprintf '%s/usr/share/d%02d/e%02d', $top, $n / 2500, ($n / 100) % 25;
  system 'mkdir', '-p', $dir if $n % 100 == 0;
  my $size = int exp(7.2 + 2.1 * (draw() + draw() + draw() + draw() - 2) * 1.7);
  $size = 1 << 20 if $size > 1 << 20;
  open my $out, '>:raw', "$dir/f$n" or die "$dir/f$n: $!";
  print $out substr $pool, int(draw() * (length($pool) - $size)), $size;
  $bytes += $size;
}
mkdir "$top/usr/lib";
for my $n (1 .. 90) { # the large ones
  my $size = int(($goal - $bytes) / (91 - $n));
  open my $out, '>:raw', "$top/usr/lib/large$n" or die;
  for (my $left = $size; $left > 0; ) {
    my $part = $left < 1 << 22 ? $left : 1 << 22;
    print $out substr $pool, int(draw() * (length($pool) - $part)), $part;
    $left -= $part;
  }
  $bytes += $size;
}
