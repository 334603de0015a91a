"""Checks e-invoices against the rules of their formats, in a process that is kept warm.

Saxon's virtual machine has been seen to abort, and it resolves what it should not: so it never lives in a process that
matters. Whatever becomes of it, the worst that is said is that the invoice could not be checked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from multiprocessing import Pipe
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from invoicewatch.config.settings import EInvoiceSettings
from invoicewatch.records import BrokenRule, Validation, Validity
from invoicewatch.validation.plan import Plan, find_rules_folder, plan_checks

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

# Rules are compiled for the first of their kind, which takes seconds on a slow machine.
TIME_LIMIT_S = 60.0
_END_S = 2.0
_EXTRA = "`pip install invoicewatch[validate]` brings what checks it"


class Checker:
    """One process at most, started for the first invoice; not for several threads at once."""

    def __init__(self, settings: EInvoiceSettings, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._settings = settings
        self._time_limit_s = time_limit_s
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def check(self, invoice: Element) -> Validation | None:
        """The verdict on an invoice's element; None for a format whose rules are not at hand."""
        folder = find_rules_folder()
        if folder is None or find_spec("saxonche") is None:
            return Validation(Validity.NOT_CHECKED, detail=_EXTRA)
        plan = plan_checks(invoice, folder, self._settings.rules)
        return None if plan is None else self._ask(plan, tostring(invoice, encoding="unicode"))

    def close(self) -> None:
        """End the process."""
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            try:
                self._process.wait(_END_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._pipe = self._process = None

    def _ask(self, plan: Plan, xml: str) -> Validation:
        request = {"xml": xml, "schema": plan.schema, "stylesheets": [[s.path, s.only] for s in plan.stylesheets]}
        pipe = self._start()
        try:
            pipe.send_bytes(json.dumps(request).encode())
            if not pipe.poll(self._time_limit_s):
                return self._give_up(f"no verdict within {self._time_limit_s:g} s")
            answer = json.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return self._give_up("the process that checks died")
        if "error" in answer:
            return Validation(Validity.NOT_CHECKED, plan.against, detail=answer["error"])
        broken = tuple(BrokenRule(*rule) for rule in answer["broken"])
        return Validation(Validity.INVALID if broken else Validity.VALID, plan.against, broken)

    def _start(self) -> Connection:
        if self._pipe is None:
            ours, theirs = Pipe(duplex=True)
            # As for workers: -P keeps modules out that lie in the current directory, perhaps an inbox.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "invoicewatch.validation.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # Saxon prints what it cannot reckon with, which is a document's text
            )
            theirs.close()
            self._pipe = ours
        return self._pipe

    def _give_up(self, why: str) -> Validation:
        """The process is of no more use: the next invoice gets a new one."""
        if self._process is not None:
            self._process.kill()
        self.close()
        return Validation(Validity.NOT_CHECKED, detail=why)
