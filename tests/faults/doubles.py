"""Fault doubles: cheap stand-ins for a worker's tools and road that fail in the way their name says.

A document's own text says what happens to it, so one pool can be fed every kind: ``b"crash in ocr"``, ``b"hang in
correct"``, ``b"exhaust memory"``, ``b"encrypted"``, ``b"busy"``, ``b"bug"``; a ``b"stack"`` is recorded as
three parts, anything else as one document.
"""

import os
import signal
import time
from dataclasses import replace

from invoicewatch.errors import DependencyError, DocumentError, TransientError
from invoicewatch.records import Invoice, Part, Status


class CheapTools:
    """Tools that cost nothing and know whether the model is to be used."""

    def __init__(self, use_model):
        self.use_model = use_model
        self.model_state = "loaded" if use_model else "off"
        self.before = None

    def warm(self, before, *, now):
        self.before = None if now else before

    def unload_if_idle(self, now_s):
        pass

    def close(self):
        pass


def build_cheap_tools(config, *, use_model, page_threads):
    return CheapTools(use_model)


def build_broken_tools(config, *, use_model, page_threads):
    raise DependencyError("no Tesseract here", remedy="Install it.")


def build_crashing_tools(config, *, use_model, page_threads):
    os.kill(os.getpid(), signal.SIGSEGV)


class CrashingModelTools(CheapTools):
    """The whole process dies when the model is loaded, as a stock llama.cpp does on some CPUs."""

    def warm(self, before, *, now):
        before()
        if self.use_model:
            os.kill(os.getpid(), signal.SIGSEGV)


def build_tools_with_crashing_model(config, *, use_model, page_threads):
    return CrashingModelTools(use_model)


def process_cheaply(document, tools, memory, enter):
    """Walk the stages and do in each what the document's text asks for."""
    text = document.content[:200].decode("latin-1")
    for stage in ("load", "ocr", "correct", "extract"):
        enter(stage)
        if stage == "correct" and not tools.use_model:
            continue
        if f"crash in {stage}" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if f"hang in {stage}" in text:
            time.sleep(3600)
    _fail(text, tools)
    if "slow" in text:
        time.sleep(0.5)
    print("native libraries print to stdout", flush=True)  # noqa: T201 - must not reach the caller's stdout
    return _make_records(document, text, tools, memory)


def _fail(text, tools):
    if "die of the model" in text and tools.use_model:
        tools.before()
        os.kill(os.getpid(), signal.SIGSEGV)
    if "exhaust memory" in text:
        bytearray(1 << 40)
    if "encrypted" in text:
        raise DocumentError("it is encrypted", remedy="Remove the password.", code="encrypted")
    if "busy" in text:
        raise TransientError("the engine is busy")
    if "bug" in text:
        raise ZeroDivisionError(text)


def _make_records(document, text, tools, memory):
    first = Invoice(
        path=document.path,
        sha256=document.sha256,
        media_type=document.media_type,
        status=Status.ACCEPTED,
        raw_text=text,
        model="cheap" if tools.use_model else None,
        versions={"memory": str(memory.version), "worker": str(os.getpid())},
    )
    if "stack" not in text:
        return (first,)
    return tuple(replace(first, part=Part(number, 3, (2 * number - 1,))) for number in (1, 2, 3))
