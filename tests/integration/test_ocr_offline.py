"""Nothing ever leaves the machine: no engine opens a connection, not even to count its users."""

import subprocess
import sys

import pytest

READ = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event in {"socket.connect", "socket.getaddrinfo"} else None)
import numpy as np
from invoicewatch.config.settings import OcrSettings
from invoicewatch.ocr.engines import load_engine
from invoicewatch.records import Page, PageSize, Transform
page = Page(1, np.full((400, 300), 255, np.uint8), PageSize(300, 400, 0), Transform.scale(300, 400))
load_engine(sys.argv[1], OcrSettings()).read(page)
print("openvino" in sys.modules, seen)
"""


@pytest.mark.parametrize(("name", "has_openvino"), [("tesseract", False), ("rapidocr", True)])
def test_an_engine_reads_without_the_network(name, has_openvino):
    command = [sys.executable, "-c", READ, name]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert f"{has_openvino} []" == done.stdout.strip()
