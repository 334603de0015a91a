"""Which kind of pictures this terminal takes."""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import tty
from collections.abc import Callable, Mapping
from enum import StrEnum

_ANSWER_S = 0.2
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_SIXEL = "4"


class Pictures(StrEnum):
    """How to draw; ``auto`` asks the terminal."""

    AUTO = "auto"
    KITTY = "kitty"
    ITERM = "iterm"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    NONE = "none"


def choose_pictures(env: Mapping[str, str], *, is_terminal: bool, ask: Callable[[], str]) -> Pictures:
    """The best that the terminal can do.

    Args:
        env: The environment, by which terminals introduce themselves.
        is_terminal: Whether anybody sees it.
        ask: Asks the terminal for its attributes (DA1), e.g. ``62;4;22``; only called where the environment is silent.
    """
    if not is_terminal:
        return Pictures.NONE
    program = env.get("TERM_PROGRAM", "")
    inside = bool(env.get("TMUX") or env.get("STY"))
    if not inside and (env.get("KITTY_WINDOW_ID") or "kitty" in env.get("TERM", "") or program == "ghostty"):
        return Pictures.KITTY
    if not inside and (program in {"iTerm.app", "WezTerm"} or env.get("LC_TERMINAL") == "iTerm2"):
        return Pictures.ITERM
    return Pictures.SIXEL if _SIXEL in ask().split(";")[1:] else Pictures.BLOCKS


def ask_attributes() -> str:
    """The primary device attributes of the terminal on standard input and output; empty if it does not answer."""
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard)
        sys.stdout.write("\x1b[c")
        sys.stdout.flush()
        answer = _read_answer(keyboard)
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    found = _ATTRIBUTES.search(answer)
    return found[1].decode("ascii") if found else ""


def _read_answer(keyboard: int) -> bytes:
    answer = b""
    until_s = time.monotonic() + _ANSWER_S
    while b"c" not in answer and (left_s := until_s - time.monotonic()) > 0:
        if select.select([keyboard], [], [], left_s)[0]:
            answer += os.read(keyboard, 64)
    return answer
