#!/usr/bin/env python3
"""mirror.py CACHE LISTS NAME=URL...: Debian mirrors on one port of loopback, filled through this machine's apt as they are asked for.

Says its port on the first line. What lies in a pool never changes and is kept in CACHE; the lists of packages are fetched anew in
each run, into LISTS. The Release file is made here, from the lists as they came, and is not signed: a mirror behind a cache may have parts of two
days. Each package is still checked by its list.
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

cache, lists, sources = sys.argv[1], sys.argv[2], dict(word.split("=", 1) for word in sys.argv[3:])
one_at_a_time = threading.Lock()
INDEXES = ["main/binary-amd64/Packages", "main/debian-installer/binary-amd64/Packages"]


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


def release(name, directory):
    """A Release file of the lists that the mirror has for this suite."""
    suite, hashes = directory.rsplit("/", 1)[1], []
    for index in INDEXES:
        file = fetched(name, f"{directory}/{index}.xz")
        if file:
            with open(file, "rb") as stream:
                packed = stream.read()
            for content, path in ((packed, index + ".xz"), (lzma.decompress(packed), index)):
                hashes.append(f" {hashlib.sha256(content).hexdigest()} {len(content)} {path}\n")
    if not hashes:
        return None
    date = time.strftime("%a, %d %b %Y %H:%M:%S UTC", time.gmtime())
    head = f"Origin: Debian\nLabel: Debian\nSuite: {suite}\nCodename: {suite}\nDate: {date}\nArchitectures: all amd64\nComponents: main\nSHA256:\n"
    return (head + "".join(hashes)).encode()


def answer(path):
    name, _, rest = path.lstrip("/").partition("/")
    if name not in sources or not rest or ".." in rest.split("/"):
        return None
    directory, _, leaf = rest.rpartition("/")
    if leaf == "Release" and directory.count("/") == 1:
        return release(name, directory)
    if leaf in ("InRelease", "Release.gpg"):
        return None
    return fetched(name, rest)


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
