"""A receiver cannot lead a signed notice elsewhere."""

import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from invoicewatch.daemon.tell.channel import UndeliverableError
from invoicewatch.daemon.tell.event import describe_trouble
from invoicewatch.daemon.tell.webhook import WebhookChannel


class Redirecting(BaseHTTPRequestHandler):
    """Sends everybody on to another place, and notes who came."""

    asked: ClassVar[list[str]] = []

    def do_POST(self):
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the server looks for it by this name

    def log_message(self, *_arguments):
        """Print nothing."""


def test_a_redirect_is_a_refusal_and_is_not_followed():
    with HTTPServer(("127.0.0.1", 0), Redirecting) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        channel = WebhookChannel(f"http://127.0.0.1:{server.server_port}/notices", b"secret", 5.0)
        with pytest.raises(UndeliverableError, match="302"):
            channel.deliver(describe_trouble("the disk is full", 0.0))
        server.shutdown()
    assert Redirecting.asked == ["/notices"]
