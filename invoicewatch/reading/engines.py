"""Which engines there are to read with: the first must be there, the second may be absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from invoicewatch.config import OcrSettings
from invoicewatch.errors import DependencyError
from invoicewatch.ocr.engines import check_languages, load_engine
from invoicewatch.records import OcrEngine

_TESSERACT = "tesseract"


@runtime_checkable
class Warmable(Protocol):
    """What an engine may offer besides reading: its models take long to load, and may be loaded ahead."""

    def warm(self) -> None:
        """Load them; called once, by a thread that has time. What goes wrong shows when they are first used."""


@runtime_checkable
class Spreadable(Protocol):
    """What an engine may offer besides: to read several lines of a page at once, where cores are idle."""

    def use_threads(self, count: int) -> None:
        """Read with so many threads; called once, before the first page."""


@dataclass(frozen=True, slots=True)
class Engines:
    """The engines of one worker; ``second_state`` is the second's version, or in words why there is none."""

    first: OcrEngine
    second: OcrEngine | None
    second_state: str

    def use_threads(self, count: int) -> None:
        """Have them read with so many threads, as far as they can."""
        engines: tuple[object, ...] = (self.first, self.second)
        for engine in engines:
            if isinstance(engine, Spreadable):
                engine.use_threads(count)

    def warm(self) -> None:
        """Load what their first reading would wait for, while others read or wait."""
        engines: tuple[object, ...] = (self.first, self.second)
        for engine in engines:
            if isinstance(engine, Warmable):
                engine.warm()

    def close(self) -> None:
        """Free what they hold."""
        self.first.close()
        if self.second:
            self.second.close()


def load_engines(settings: OcrSettings) -> Engines:
    """The engines that the settings name; a second that cannot run costs its opinion and nothing else.

    Raises:
        ConfigError: There is no engine of a name.
        DependencyError: The first engine is missing.
    """
    first = load_engine(settings.engine, settings)
    if settings.second_opinion in {"none", settings.engine}:
        return Engines(first, None, "none")
    try:
        second = load_engine(settings.second_opinion, settings)
        version = second.version
    except DependencyError as exc:
        return Engines(first, None, f"absent: {exc.message}")
    return Engines(first, second, version)


def check_first_engine(settings: OcrSettings) -> None:
    """Make sure that the first engine can read, before a page comes; who does not ask learns it with the first.

    Raises:
        DependencyError: The data of a language is missing.
    """
    if settings.engine == _TESSERACT:
        check_languages(settings)
