"""Whether the engine of the second opinion is there and reads."""

from __future__ import annotations

from invoicewatch.answers.health.check import Check, Verdict
from invoicewatch.config import OcrSettings
from invoicewatch.errors import ConfigError, DependencyError, TransientError
from invoicewatch.records import OcrEngine, Page, PageSize, Transform

_NAME = "second opinion"
_SIDE = 320


def check_second_opinion(settings: OcrSettings) -> Check:
    """Build the engine that ``second_opinion`` names and let it read a blank page.

    An engine that is missing is a warning, since documents are read without it; a name that means nothing is not.
    """
    from invoicewatch.ocr.engines import load_engine

    if settings.second_opinion in {"none", settings.engine}:
        return Check(_NAME, Verdict.OK, "not used: [ocr] second_opinion names no other engine")
    try:
        engine = load_engine(settings.second_opinion, settings)
        return _try(engine)
    except ConfigError as exc:
        return Check(_NAME, Verdict.BROKEN, exc.message, exc.remedy, exc.exit_code)
    except (DependencyError, TransientError) as exc:
        detail = f"{exc.message}: doubtful totals and dates are read once only"
        return Check(_NAME, Verdict.WARNING, detail, exc.remedy)


def _try(engine: OcrEngine) -> Check:
    import numpy as np

    blank = np.full((_SIDE, _SIDE), 255, np.uint8)
    engine.read(Page(1, blank, PageSize(_SIDE, _SIDE, 0), Transform.scale(_SIDE, _SIDE)))
    engine.close()
    return Check(_NAME, Verdict.OK, f"{engine.version} reads")
