"""A receiver of entries: a real HTTP server that keeps what it got and answers as told."""

import json
import ssl
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Receiver:
    """``answers`` are the statuses of the next answers; after them everything is taken."""

    def __init__(self, tls=None):
        self.got, self.answers = [], deque()
        self.headers, self.delay = {}, 0.0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if tls is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*tls)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self._server.handle_error = lambda *_said: None  # who turns away says nothing here
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_raised):
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/entries?of=district"

    @property
    def numbers(self):
        return [entry["number"] for entry, _headers, _body in self.got]

    def _handler(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(outer.delay)
                status = outer.answers.popleft() if outer.answers else 204
                if 200 <= status < 300:
                    outer.got.append((json.loads(body), dict(self.headers), body))
                self.send_response(status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_said):
                """Say nothing: tests read what came."""

        return Handler
