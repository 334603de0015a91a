"""The two functions that travel by name: what a worker of the cluster holds, and what it runs."""

from __future__ import annotations

PLUGIN = "invoicewatch"
STOPPED = "machine_stopped"  # the code of a task whose machine was told to stop


def hold(content: bytes) -> bytes:
    """Content for several tasks of one machine, which keeps it while the bridge asks for it."""
    return content


def run_document(key: str, content: bytes, names: tuple[str, str], held: tuple[bytes, bytes]) -> bytes:
    """Run a task on this machine's processes; its outcome as bytes.

    Args:
        key: The task's, for whoever watches.
        content: The task, as ``carry`` writes it.
        names: Those of the memory and of the settings.
        held: These themselves.
    """
    from distributed import get_worker

    answer: bytes = get_worker().plugins[PLUGIN].run(key, content, names, held)
    return answer
