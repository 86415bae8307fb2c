# shellcheck shell=bash
exits 1
says mounted
says above
holds image/opt/mounted/file precious
holds image/opt/above/below/file precious
holds image/opt/x x
