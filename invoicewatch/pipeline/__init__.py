"""The order of the stages, the one bounded loop, and what a stage must be able to do.

Imports records alone: the stages know nothing of one another, and what they are is decided in ``wiring``. A worker
calls ``process``; ``reading`` and ``wiring`` give it its tools.
"""

from invoicewatch.pipeline.road import process
from invoicewatch.pipeline.tools import Evidence, Fields, ReadPage, Tools

__all__ = ["Evidence", "Fields", "ReadPage", "Tools", "process"]
