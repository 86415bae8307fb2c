#!/usr/bin/env python3
"""mirror.py CACHE LISTS NAME=URL...: Debian mirrors on one port of loopback, filled through this machine's apt as they are asked for.

Says its port on the first line. What lies in a pool never changes and is kept in CACHE; the lists of packages are fetched anew in
each run, into LISTS. InRelease, which debootstrap and apt read, is the distribution's own, signed. Release, which only the installer's own loader reads
(net-retriever), is made here for the list of udebs that is offered, and is not signed. Each package is still checked by its list. A udeb that is listed and not there is made from ordinary packages (standin.py), and told of
on stderr: "stand-in NAME: PACKAGES". Once LISTS/initrd-status is there (the dpkg status of the installer's initrd), a udeb that it has is not listed
in a newer version that cannot be had.
"""
import hashlib
import http.server
import lzma
import os
import shutil
import subprocess
import sys
import threading
import time

import standin

cache, lists, sources = sys.argv[1], sys.argv[2], dict(word.split("=", 1) for word in sys.argv[3:])
one_at_a_time, one_list = threading.Lock(), threading.Lock()
made, looked_at = {}, {}
initrd = os.path.join(lists, "initrd-status")
ORDINARY, UDEBS = "main/binary-amd64/Packages", "main/debian-installer/binary-amd64/Packages"


def fetched(name, rest):
    """The file's place on this machine, or None when the mirror has no such file."""
    file = os.path.join(cache if rest.startswith("pool/") else lists, name, rest)
    with one_at_a_time:
        if not os.path.exists(file):
            os.makedirs(os.path.dirname(file), exist_ok=True)
            fetch = ["/usr/lib/apt/apt-helper", "-o", "APT::Sandbox::User=root", "download-file", f"{sources[name]}/{rest}", file + ".part"]
            if subprocess.run(fetch, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
                return None
            os.replace(file + ".part", file)
    return file


def packages(name, directory, index):
    """A list of packages as the mirror has it, packed; None when it has none."""
    file = fetched(name, f"{directory}/{index}.xz")
    if not file:
        return None
    with open(file, "rb") as stream:
        return stream.read()


def udebs(name, directory):
    """The list of udebs, with a stand-in for each that the mirror lists in vain."""
    with one_list:
        there = os.path.exists(initrd)
        if (directory, there) not in looked_at:
            looked_at[directory, there] = completed(name, directory, packages(name, directory, UDEBS))
        return looked_at[directory, there]


def completed(name, directory, packed):
    if packed is None:
        return None
    texts, ordinary, in_initrd = [], {}, {}
    if os.path.exists(initrd):
        with open(initrd, encoding="utf-8") as stream:
            in_initrd = dict(standin.paragraphs(stream.read()))
    for udeb, text in standin.paragraphs(lzma.decompress(packed).decode()):
        if udeb in standin.MADE_OF and not fetched(name, standin.field(text, "Filename")):
            ordinary = ordinary or dict(standin.paragraphs(lzma.decompress(packages(name, directory, ORDINARY)).decode()))
            debs = [package in ordinary and fetched(name, standin.field(ordinary[package], "Filename")) for package in standin.MADE_OF[udeb][0]]
            if all(debs):
                path = f"pool/stand-in/{os.path.basename(directory)}/{udeb}.udeb"
                made[path] = os.path.join(lists, path)
                text = standin.make(udeb, text, debs, made[path])
                text += f"\nFilename: {path}"
                print(f"stand-in {udeb}: {' '.join(os.path.basename(deb) for deb in debs)}", file=sys.stderr, flush=True)
        elif udeb in in_initrd:
            mine, listed = standin.field(in_initrd[udeb], "Version"), standin.field(text, "Version")
            if mine != listed and not fetched(name, standin.field(text, "Filename")):
                text = text.replace(f"\nVersion: {listed}\n", f"\nVersion: {mine}\n")
        texts.append(text)
    return lzma.compress(("\n\n".join(texts) + "\n").encode(), preset=1)


def release(name, directory):
    """A Release file of the lists that the mirror has for this suite."""
    suite, hashes = directory.rsplit("/", 1)[1], []
    for index, packed in ((ORDINARY, packages(name, directory, ORDINARY)), (UDEBS, udebs(name, directory))):
        if packed:
            for content, path in ((packed, index + ".xz"), (lzma.decompress(packed), index)):
                hashes.append(f" {hashlib.sha256(content).hexdigest()} {len(content)} {path}\n")
    if not hashes:
        return None
    date = time.strftime("%a, %d %b %Y %H:%M:%S UTC", time.gmtime())
    head = f"Origin: Debian\nLabel: Debian\nSuite: {suite}\nCodename: {suite}\nDate: {date}\nArchitectures: all amd64\nNo-Support-for-Architecture-all: Packages\nComponents: main\nSHA256:\n"
    return (head + "".join(hashes)).encode()


def in_release(name, directory):
    """The signed InRelease; None when the list of packages is not the one it names: a mirror behind a cache may have parts of two days."""
    file, packed = fetched(name, f"{directory}/InRelease"), packages(name, directory, ORDINARY)
    if not file or not packed:
        return None
    with open(file, "rb") as stream:
        signed = stream.read()
    if f" {hashlib.sha256(packed).hexdigest()} {len(packed):>8} {ORDINARY}.xz\n".encode() in signed:
        return signed
    print(f"the mirror's lists of {name} {directory} are of two days: not those of its InRelease", file=sys.stderr, flush=True)
    return None


def answer(path):
    name, _, rest = path.lstrip("/").partition("/")
    if name not in sources or not rest or ".." in rest.split("/"):
        return None
    directory, _, leaf = rest.rpartition("/")
    if leaf == "Release" and directory.count("/") == 1:
        return release(name, directory)
    if leaf == "InRelease" and directory.count("/") == 1:
        return in_release(name, directory)
    if leaf == "Release.gpg":
        return None
    if rest.endswith(f"/{UDEBS}.xz"):
        return udebs(name, rest[: -len(f"/{UDEBS}.xz")])
    return made.get(rest) or fetched(name, rest)


class Mirror(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        found = answer(self.path.split("?")[0])
        size = 0 if found is None else len(found) if isinstance(found, bytes) else os.path.getsize(found)
        self.send_response(200 if found is not None else 404)
        self.send_header("Content-Length", str(size))
        self.end_headers()
        if self.command == "GET" and isinstance(found, bytes):
            self.wfile.write(found)
        elif self.command == "GET" and found:
            with open(found, "rb") as stream:
                shutil.copyfileobj(stream, self.wfile)

    do_HEAD = do_GET

    def log_message(self, format, *args):
        print(format % args, file=sys.stderr, flush=True)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
print(server.server_port, flush=True)
server.serve_forever()
