"""Would the language model choose better than the rules where these leave total or date of issue open?

    invoicewatch process --json --no-store FOLDER > OUT.jsonl
    .venv/bin/python benchmarks/ties.py OUT.jsonl TRUTH.jsonl --model models/SmolLM2-135M-Instruct.Q4_1.gguf

Each open field of OUT.jsonl is put to the model as a closed question: the text of the page, then the question, and the
values that the rules hold possible as its answers, of which the likeliest is taken: by its log-likelihood, and by what
the page adds to that (less its likelihood without the page). The model never writes a word.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from invoicewatch.config.settings import ModelSettings
from invoicewatch.model.warm import WarmModel

QUESTIONS = {
    "total": "\n\nQuestion: What is the total amount to pay?\nAnswer: ",
    "issue_date": "\n\nQuestion: On which day was this issued?\nAnswer: ",
}
LONGEST_TEXT = 1600  # characters, from the end: some 800 tokens, of which the context holds twice as many


def main() -> None:
    options = _parse_arguments()
    truths = {Path(line["file"]).stem: line["fields"] for line in _read_lines(options.truth)}
    model = WarmModel(ModelSettings(path=str(options.model)))
    counts: Counter[tuple[str, str]] = Counter()
    for line in _read_lines(options.out):
        truth = truths.get(Path(line["path"]).stem, {})
        for name, question in QUESTIONS.items():
            field = line["fields"].get(name)
            if truth.get(name) and field and not field["verified"] and field["alternatives"]:
                counts += _ask(model, line["enhanced_text"] or line["raw_text"], question, field, truth[name], name)
    model.close()
    print("field        open  truth among them  rules right  model right  model less its prior right")
    for name in QUESTIONS:
        row = [counts[name, key] for key in ("open", "there", "rules", "model", "gain")]
        print(f"{name:12} {row[0]:4} {row[1]:17} {row[2]:12} {row[3]:12} {row[4]:28}")


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="what `invoicewatch process --json` printed")
    parser.add_argument("truth", type=Path, help='lines of {"file": NAME, "fields": {...}}')
    parser.add_argument("--model", type=Path, required=True, help="a GGUF file")
    return parser.parse_args()


def _read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _ask(
    model: WarmModel, text: str, question: str, field: dict[str, Any], truth: str, name: str
) -> Counter[tuple[str, str]]:
    """One question; what became of it, by the field's name and column."""
    values = list(dict.fromkeys([field["value"], *(other["value"] for other in field["alternatives"])]))
    with_page = model.score(text[-LONGEST_TEXT:] + question, values)
    without = model.score(question.strip() + " ", values)
    likeliest = values[with_page.index(max(with_page))]
    gains = [page - prior for page, prior in zip(with_page, without, strict=True)]
    gained = values[gains.index(max(gains))]
    right = {"open": True, "there": truth in values, "rules": field["value"] == truth}
    right |= {"model": likeliest == truth, "gain": gained == truth}
    return Counter({(name, key): int(value) for key, value in right.items()})


if __name__ == "__main__":
    main()
