"""A worker whose engine was closed lives through a signal: in a process of its own, as it may die of it."""

import subprocess
import sys

import pytest

pytest.importorskip("openvino")

CLOSE_AND_SIGNAL = """
import gc, os, signal, sys
import numpy as np
from openvino import Core, Model, opset13
from invoicewatch.workers.signal_stack import drop_signal_stack

def load():
    value = opset13.parameter([1, 4], np.float32)
    return Core().compile_model(Model([opset13.relu(value)], [value]), "CPU")

heard = []
signal.signal(signal.SIGTERM, lambda *_: heard.append(True))
first, second = load(), load()
del first
gc.collect()
del second
gc.collect()
if sys.argv[1] == "dropped":
    drop_signal_stack()
os.kill(os.getpid(), signal.SIGTERM)
print(len(heard))
"""


def test_signals_are_survived_once_the_engines_are_closed():
    command = [sys.executable, "-c", CLOSE_AND_SIGNAL, "dropped"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "1\n"), done.stderr[-2000:]
