"""A look-alike of a model hub on loopback: the listing of a repository, and its files with their ETags."""

import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves ``repositories``: repository name to file name to content; ``asked`` logs method and path."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), HubRequest)
        self.repositories: dict[str, dict[str, bytes]] = {}
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class HubRequest(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hub

    def do_GET(self):
        self._answer()

    def do_HEAD(self):
        self._answer()

    def _answer(self):
        self.server.asked.append(f"{self.command} {self.path}")
        listing = re.match(r"/api/models/([^/]+/[^/]+)/tree/([^/?]+)", self.path)
        file = re.match(r"/([^/]+/[^/]+)/resolve/([^/]+)/([^?]+)", self.path)
        found = listing or file
        repo = self.server.repositories.get(found[1]) if found else None
        if repo is None:
            self._send(404, b'{"error": "Repository not found"}', {"X-Error-Code": "RepoNotFound"})
        elif listing:
            entries = [
                {"type": "file", "path": name, "size": len(content), "oid": hashlib.sha1(content).hexdigest()}
                for name, content in repo.items()
            ]
            self._send(200, json.dumps(entries).encode(), {"Content-Type": "application/json"})
        elif file and file[3] in repo:
            content = repo[file[3]]
            etag = hashlib.sha256(content).hexdigest()
            self._send(200, content, {"ETag": f'"{etag}"', "X-Repo-Commit": COMMIT})
        else:
            self._send(404, b"{}", {"X-Error-Code": "EntryNotFound"})

    def _send(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_args):
        """Keep the test's output clean; ``asked`` has it all."""


@pytest.fixture
def hub():
    server = Hub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
