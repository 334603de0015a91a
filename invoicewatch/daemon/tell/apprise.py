"""Tell people through Apprise (https://github.com/caronc/apprise): desktop, mail, chat; an extra."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from invoicewatch.daemon.tell.event import Event
from invoicewatch.daemon.tell.words import make_body, make_title
from invoicewatch.errors import ConfigError, TransientError


class AppriseChannel:
    """All of the configured addresses. A notice that did not reach each of them is sent to all of them again."""

    name = "apprise"

    def __init__(self, urls: Sequence[str]) -> None:
        """Take the addresses. Raises ConfigError if the extra is missing or an address is none of Apprise's."""
        try:
            from apprise import Apprise
        except ImportError as exc:
            raise ConfigError(
                "[notify] apprise needs the extra `apprise`, which is not installed",
                remedy="Install it (pip install 'invoicewatch[apprise]'), or take the setting out.",
            ) from exc
        # Its own lines may hold addresses; what matters is told by the exception below.
        logger = logging.getLogger("apprise")
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
        self._people = Apprise()
        for number, url in enumerate(urls, 1):
            if not self._people.add(url):
                raise ConfigError(
                    f"[notify] apprise: Apprise does not know what address number {number} is",
                    remedy="Its documentation has the forms: https://github.com/caronc/apprise/wiki",
                )

    def deliver(self, event: Event) -> None:
        """Send it to everyone. Raises TransientError."""
        if not self._people.notify(body=make_body(event), title=make_title(event)):
            raise TransientError("not everyone could be reached")

    def stop(self) -> None:
        """Its own time limits end it."""
