"""Finds the fields of kept readings again, with the program as it is now, and prints a JSON line a document.

    python -m benchmarks.learn.replay KEPT_FOLDER [KEPT_FOLDER ...] > predictions.jsonl

The lines have of what ``invoicewatch process --json`` prints what scorers read: path, status, reasons, texts, fields,
and ``extract_cpu_s``, the processor time that the last pass of extraction and the judgement took.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from invoicewatch.config import ExtractSettings
from invoicewatch.extract.chain import find_fields, load_extractors
from invoicewatch.extract.judge.verdict import judge_invoice
from invoicewatch.records import ExtractContext, Extractor, Memory, Reading, join_text
from invoicewatch.records.as_json import fields_to_json

TODAY = date(2026, 11, 28)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--without-xml", action="store_true", help="as if no e-invoice's XML were attached")
    parser.add_argument("--processes", type=int, default=2)
    args = parser.parse_args()
    files = [(file, args.without_xml) for folder in args.folders for file in sorted(folder.glob("*.pickle"))]
    with ProcessPoolExecutor(args.processes) as pool:
        for line in pool.map(_replay, files, chunksize=8):
            print(json.dumps(line, ensure_ascii=False))
    return 0


def replay_readings(readings: tuple[Reading, ...], attachments: Mapping[str, bytes]) -> dict[str, Any]:
    """What the program makes of a document that was read, without a memory."""
    extractors, settings = _load()
    begun = time.process_time()
    fields = find_fields(ExtractContext(readings, attachments, Memory(), TODAY), extractors)
    status, reasons = judge_invoice(fields, readings, TODAY, settings)
    spent = time.process_time() - begun
    return {
        "status": str(status),
        "reasons": list(reasons),
        "raw_text": join_text(readings),
        "enhanced_text": None,
        "fields": fields_to_json(fields),
        "extract_cpu_s": round(spent, 4),
    }


def _replay(job: tuple[Path, bool]) -> dict[str, Any]:
    file, without_xml = job
    kept = pickle.loads(file.read_bytes())
    attachments = {} if without_xml else kept["attachments"]
    return {"path": file.name.removesuffix(".pickle"), **replay_readings(kept["enhanced"], attachments)}


@cache
def _load() -> tuple[tuple[tuple[str, Extractor], ...], ExtractSettings]:
    settings = ExtractSettings()
    return load_extractors(settings), settings


if __name__ == "__main__":
    raise SystemExit(main())
