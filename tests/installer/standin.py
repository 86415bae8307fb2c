"""Udebs that a mirror lists and does not have, made again from the ordinary packages of the same source.

Each is marked in its version and description; what it holds are the ordinary packages' own files. Nothing is made for a udeb that the mirror has.
"""
import fnmatch
import hashlib
import os
import subprocess
import tempfile

# udeb: (the ordinary packages, the files of them)
MADE_OF = {
    "e2fsprogs-udeb": (["e2fsprogs", "libext2fs2t64", "libcom-err2"],
                       ["usr/sbin/badblocks", "usr/sbin/e2fsck", "usr/sbin/fsck.ext*", "usr/sbin/mke2fs", "usr/sbin/mkfs.ext*", "usr/sbin/resize2fs", "usr/sbin/tune2fs", "usr/lib/*/lib*.so.*"]),
    "libmount1-udeb": (["libmount1"], ["usr/lib/*/libmount.so.*"]),
    "ntfs-3g-udeb": (["ntfs-3g", "libntfs-3g89t64"], ["usr/bin/ntfs-3g", "usr/sbin/mkntfs", "usr/sbin/mkfs.ntfs", "usr/sbin/ntfsresize", "usr/lib/*/libntfs-3g.so.*"]),
    "xfsprogs-udeb": (["xfsprogs"], ["usr/sbin/mkfs.xfs", "usr/sbin/xfs_repair"]),
}


def paragraphs(packages):
    """The paragraphs of a Packages file: name of the package, text."""
    for text in packages.strip("\n").split("\n\n"):
        yield field(text, "Package"), text


def field(text, name):
    return next((line.split(": ", 1)[1] for line in text.split("\n") if line.startswith(name + ": ")), None)


def without(text, names):
    return "\n".join(line for line in text.split("\n") if line.split(":", 1)[0] not in names)


def make(udeb, text, debs, file):
    """Writes the stand-in of the paragraph's udeb as FILE, from the files of the DEBS; gives its paragraph, without a Filename."""
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(file)) as room:
        everything, tree = os.path.join(room, "all"), os.path.join(room, "tree")
        for deb in debs:
            subprocess.run(["dpkg-deb", "-x", deb, everything], check=True)
        for root, _, leaves in os.walk(everything):
            for leaf in leaves:
                path = os.path.relpath(os.path.join(root, leaf), everything)
                if any(fnmatch.fnmatch(path, p) and path.count("/") == p.count("/") for p in MADE_OF[udeb][1]):
                    os.makedirs(os.path.dirname(os.path.join(tree, path)), exist_ok=True)
                    os.rename(os.path.join(root, leaf), os.path.join(tree, path))
        control = without(text, {"Filename", "Size", "MD5sum", "SHA256", "Description", "Description-md5", "Version", "Installed-Size"})
        control += f"\nVersion: {field(text, 'Version')}+standin\nDescription: stand-in made of {' '.join(MADE_OF[udeb][0])}\n"
        os.makedirs(os.path.join(tree, "DEBIAN"))
        with open(os.path.join(tree, "DEBIAN", "control"), "w", encoding="utf-8") as stream:
            stream.write(control)
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "-b", tree, file], check=True, stdout=subprocess.DEVNULL)
    with open(file, "rb") as stream:
        content = stream.read()
    return f"{control}Size: {len(content)}\nMD5sum: {hashlib.md5(content).hexdigest()}\nSHA256: {hashlib.sha256(content).hexdigest()}"
