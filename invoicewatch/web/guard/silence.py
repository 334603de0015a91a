"""What the web server and its event loop log: that something went wrong, and nothing of what was sent.

A request that breaks off in the middle of an upload ends in an error that quotes the upload's bytes.
"""

from __future__ import annotations

import logging

_TALKERS = ("uvicorn.error", "asyncio")


def keep_words_out() -> None:
    """Have their errors logged by their kind alone; said twice, it is done once."""
    for name in _TALKERS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _Silence) for each in logger.filters):
            logger.addFilter(_Silence())


class _Silence(logging.Filter):
    """Takes the error, its words and its traceback out of a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            said = record.getMessage().partition("\n")[0]
            record.msg, record.args = f"{said} ({type(error).__name__})", ()
            record.exc_info = record.exc_text = None
        return True
