"""Where no network is: start a demo and read its pages. ``python offline.py LUOSHI PATH…``.

Runs inside ``unshare --net``, where not even the loopback is up. Prints a JSON object: for every
path, and every file that its page names, the status and the count of bytes; and what became of a
call to the world outside. Standard library only.
"""

import contextlib
import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.request

SET_FLAGS, UP = 0x8914, 0x1  # SIOCSIFFLAGS, IFF_UP
OUTSIDE = ("192.0.2.1", 443)  # an address that is kept for examples
PATIENCE = 120  # seconds
NAMED = re.compile(r'(?:src|href)="(/static/[^"#]+)')


def raise_loopback():
    """Bring up the only network there is, where it is not up."""
    with contextlib.suppress(PermissionError), socket.socket() as any_:
        fcntl.ioctl(any_, SET_FLAGS, struct.pack("16sh", b"lo", UP))


def outside():
    """Say what becomes of a call to the world outside."""
    try:
        socket.create_connection(OUTSIDE, timeout=5).close()
    except OSError as refused:
        return type(refused).__name__
    return "reached"


def read(address, paths):
    """Give status and bytes of each path and of all files that they name."""
    found = {}
    for path in paths:
        with urllib.request.urlopen(f"{address}{path}", timeout=60) as answer:
            text = answer.read().decode()
            found[path] = [answer.status, len(text)]
        for name in NAMED.findall(text):
            with urllib.request.urlopen(f"{address}{name}", timeout=60) as answer:
                found[name] = [answer.status, len(answer.read())]
    return found


def main(luoshi, *paths):
    raise_loopback()
    # No Node, no ./dev: nothing but what the wheel put there.
    command = [luoshi, "demo", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            said = next(line for line in server.stderr if "http://" in line)  # or it ended
            address = said.split()[-1].rstrip("/")
            wait_for(address)
            found = read(address, paths)
        finally:
            server.terminate()
    sys.stdout.write(
        json.dumps({"outside": outside(), "path": os.environ["PATH"], "found": found}) + "\n"
    )


def wait_for(address):
    """Return when the address takes calls."""
    host, port = address.removeprefix("http://").split(":")
    for _ in range(PATIENCE * 10):
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
