"""Take entries that a district posts: python receiver.py PORT SECRET (behind a proxy with TLS)"""

import hmac
import json
import re
import sys
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OLDEST = 300  # seconds: a signature from before is a replay
TAKEN = set()  # deliveries; a real system keeps them with what it makes of the entries
SIGNATURE = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def is_ours(header, body, secret, now=None):
    """Whether a body comes from who has the secret, unchanged, and just now."""
    found = SIGNATURE.fullmatch(header)
    if found is None or abs((now or time.time()) - int(found[1])) > OLDEST:
        return False
    signed = hmac.new(secret.encode(), f"{found[1]}.".encode() + body, sha256).hexdigest()
    return hmac.compare_digest(signed, found[2])


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not is_ours(self.headers.get("Luoshi-Signature", ""), body, sys.argv[2]):
            self.send_error(401)
            return
        if self.headers["Luoshi-Delivery"] not in TAKEN:  # it comes at least once
            entry = json.loads(body)
            print(
                entry["number"], entry["kind"], entry["thread"], json.loads(entry["body"])["fact"]
            )
            TAKEN.add(self.headers["Luoshi-Delivery"])
        self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
