"""The process that opens documents for people: under limits, one request after the other until its pipe ends.

A request is JSON with its ``operation``; an answer is JSON (empty, or ``message``, ``remedy``, ``code``), then bytes.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from invoicewatch.config import Config
from invoicewatch.errors import InvoicewatchError
from invoicewatch.web.paper.operations import OPERATIONS

MAX_DATA_BYTES = 1 << 30
MAX_CPU_S = 3600


def main(argv: list[str]) -> None:
    """Answer requests from the pipe whose file descriptor is ``argv[1]``."""
    pipe = Connection(int(argv[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MAX_DATA_BYTES, MAX_DATA_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("600", encoding="ascii")
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        config = msgspec.json.decode(pipe.recv_bytes(), type=Config)
        while True:
            head, body = _answer(config, json.loads(pipe.recv_bytes()))
            pipe.send_bytes(json.dumps(head).encode())
            pipe.send_bytes(body)


def _answer(config: Config, request: dict[str, Any]) -> tuple[dict[str, str], bytes]:
    operation = OPERATIONS[request.pop("operation")]
    try:
        return {}, operation(config, **request)
    except InvoicewatchError as exc:
        return {"message": exc.message, "remedy": exc.remedy, "code": exc.code}, b""
    except Exception as exc:  # noqa: BLE001 - the boundary of this process; a message may quote the document
        return {
            "message": f"the document cannot be opened ({type(exc).__name__})",
            "remedy": "",
            "code": "corrupt",
        }, b""


if __name__ == "__main__":
    main(sys.argv)
