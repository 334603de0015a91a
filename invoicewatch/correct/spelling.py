"""The processor ``spelling``: mends words by rescoring or by rewriting, as ``[correct] mode`` says."""

from __future__ import annotations

from invoicewatch.correct.rescore import Rescorer
from invoicewatch.correct.rewrite import Rewriter
from invoicewatch.correct.tools import CorrectTools
from invoicewatch.records import Correction


class SpellingProcessor:
    """The link of the chain that mends spelling.

    Args:
        tools: What it works with; ``tools.settings.mode`` chooses the way.
    """

    def __init__(self, tools: CorrectTools) -> None:
        self._tools = tools

    def __call__(self, correction: Correction) -> Correction:
        """The correction with edits for misread words.

        Raises:
            DependencyError: There is no model, or it does not load.
        """
        if self._tools.settings.mode == "rewrite":
            return Rewriter.load(self._tools).correct(correction)
        return Rescorer.load(self._tools).correct(correction)
