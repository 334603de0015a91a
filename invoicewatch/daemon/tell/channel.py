"""What every way of telling someone has in common."""

from __future__ import annotations

from typing import Protocol

from invoicewatch.daemon.tell.event import Event
from invoicewatch.errors import InvoicewatchError


class UndeliverableError(InvoicewatchError):
    """This notice will not get through, now or later; TransientError stands for those that may."""

    default_code = "undeliverable"


class Channel(Protocol):
    """One way of telling someone."""

    @property
    def name(self) -> str:
        """What to call it in logs and in ``status``: never with a password, a token or a path of a URL."""

    def deliver(self, event: Event) -> None:
        """Tell it, within the time limit. Raises TransientError or UndeliverableError."""

    def stop(self) -> None:
        """End a delivery that is under way, if that can be done; called from another thread."""
