"""Take back the signal stack that a native engine leaves behind."""

from __future__ import annotations

import ctypes

_SS_DISABLE = 2  # linux/signal.h


class _Stack(ctypes.Structure):
    """stack_t of sigaltstack(2)."""

    _fields_ = (("ss_sp", ctypes.c_void_p), ("ss_flags", ctypes.c_int), ("ss_size", ctypes.c_size_t))


def drop_signal_stack() -> None:
    """Have this thread's signals use its ordinary stack again.

    OpenVINO gives the thread that loads a model a signal stack of its own. Once two models are closed, in the order in
    which they were loaded, the kernel is left with one whose memory is freed: the next signal that Python handles kills
    the process, or is written over whatever lies there by then.
    """
    stack = _Stack(None, _SS_DISABLE, 0)
    ctypes.CDLL(None).sigaltstack(ctypes.byref(stack), None)
