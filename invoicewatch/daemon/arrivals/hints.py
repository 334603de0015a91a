"""The one file that knows watchdog: turns inotify events into hints that a folder is worth a look.

Events are never trusted to be complete. A file that the daemon itself touches now and then must come back as an
event; when it does not, the observer is dead in one way or another, whatever its threads say.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

# Not among them: opening and reading, which our own probes do all the time; deletions, which our own filing makes all
# the time, and which show when the file is next looked at.
_WANTED: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
]
_PULSE_NAME = "pulse"


class FolderWatch:
    """Watches folders with inotify; safe to use from one thread, while events come in on others."""

    def __init__(self, pulse_folder: Path, wake: Callable[[], None], overflowed: Callable[[], None]) -> None:
        self._pulse = pulse_folder / _PULSE_NAME
        self._hints = _Hints(wake)
        self._pulse_beats = threading.Event()
        self._overflow = _OverflowHandler(self._hints, overflowed)
        self._observer = Observer()
        self._pulse_s: float | None = None

    @classmethod
    def start(cls, pulse_folder: Path, wake: Callable[[], None], overflowed: Callable[[], None]) -> FolderWatch:
        """Start an observer.

        Args:
            pulse_folder: A local folder of our own, to prove that events arrive.
            wake: Called from other threads after a hint was left.
            overflowed: Called from other threads when the kernel dropped events; all folders were hinted at then.

        Raises:
            OSError: The folder cannot be made, or no watch is to be had.
        """
        watch = cls(pulse_folder, wake, overflowed)
        watch._begin()
        return watch

    def add(self, root: bytes) -> None:
        """Watch a folder and all below it, from now on. Raises OSError: it is gone, or no watch is to be had."""
        self._hints.take(root)
        self._observer.schedule(
            _HintHandler(self._hints, root), os.fsdecode(root), recursive=True, event_filter=_WANTED
        )

    def take_hints(self, root: bytes) -> dict[bytes, bool]:
        """Folders of ``root`` that had events since the last call; True with those to be searched to the bottom."""
        return self._hints.take(root)

    def beat(self, now_s: float) -> None:
        """Touch the pulse; ``is_alive`` will tell whether that came back."""
        self._pulse_beats.clear()
        self._pulse_s = None
        with suppress(OSError):  # a full disk: no pulse this time, and none is expected
            self._pulse.write_bytes(b"")
            self._pulse_s = now_s

    @property
    def has_proved_alive(self) -> bool:
        """Whether the last pulse that was sent came back."""
        return self._pulse_s is not None and self._pulse_beats.is_set()

    @property
    def is_waiting(self) -> bool:
        """Whether a pulse was sent that has not come back yet."""
        return self._pulse_s is not None and not self._pulse_beats.is_set()

    def is_alive(self, now_s: float, patience_s: float) -> bool:
        """Whether the last pulse came back, or may still come within ``patience_s`` of its being sent."""
        if not self._observer.is_alive():
            return False
        return not self.is_waiting or self._pulse_s is None or now_s - self._pulse_s < patience_s

    def close(self) -> None:
        """Stop watching."""
        self._observer.stop()
        self._observer.join(1.0)
        logging.getLogger("watchdog").removeHandler(self._overflow)

    def _begin(self) -> None:
        folder = self._pulse.parent
        folder.mkdir(parents=True, exist_ok=True)
        logging.getLogger("watchdog").addHandler(self._overflow)
        self._observer.schedule(_PulseHandler(self._pulse_beats), str(folder), event_filter=_WANTED)
        self._observer.start()


class _Hints:
    """Folders with news, by the inbox they lie in."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._lock = threading.Lock()
        self._folders: dict[bytes, dict[bytes, bool]] = {}

    def leave(self, root: bytes, folder: bytes, *, deep: bool) -> None:
        with self._lock:
            folders = self._folders.setdefault(root, {})
            folders[folder] = folders.get(folder, False) or deep
        self._wake()

    def leave_everywhere(self) -> None:
        """Events were lost: everything is worth a look."""
        with self._lock:
            self._folders = {root: {root: True} for root in self._folders}
        self._wake()

    def take(self, root: bytes) -> dict[bytes, bool]:
        with self._lock:
            taken = self._folders.get(root, {})
            self._folders[root] = {}
            return taken


class _HintHandler(FileSystemEventHandler):
    def __init__(self, hints: _Hints, root: bytes) -> None:
        self._hints = hints
        self._root = root

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in filter(None, (os.fsencode(event.src_path), os.fsencode(event.dest_path))):
            if path == self._root or path.startswith(self._root + b"/"):
                if path != self._root:
                    self._hints.leave(self._root, path.rpartition(b"/")[0], deep=False)
                if event.is_directory:
                    self._hints.leave(self._root, path, deep=True)


class _PulseHandler(FileSystemEventHandler):
    def __init__(self, beats: threading.Event) -> None:
        self._beats = beats

    def on_any_event(self, event: FileSystemEvent) -> None:
        del event
        self._beats.set()


class _OverflowHandler(logging.Handler):
    """Listens to watchdog's log, the only place where it tells of a full event queue."""

    def __init__(self, hints: _Hints, overflowed: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._hints = hints
        self._overflowed = overflowed

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("Inotify queue overflowed; filesystem"):
            self._hints.leave_everywhere()
            self._overflowed()
