"""The environment of a program that a test starts."""

import os
from pathlib import Path

# COVERAGE_PROCESS_CONFIG tells a program that it is measured.
KEPT = ("PATH", "COVERAGE_PROCESS_CONFIG")


def make_environment(home: Path, **more: str) -> dict[str, str]:
    """As a person whose home this is has it: nothing that is set where the tests run reaches the program."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)} | more
