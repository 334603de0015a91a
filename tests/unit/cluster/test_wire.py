"""Frames between head and bridge, and what is refused on either side of them."""

import pickle
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicewatch.cluster import wire
from invoicewatch.cluster.machines import Machines
from invoicewatch.cluster.security import check_address
from invoicewatch.cluster.versions import find_versions, list_differences, read_settings, write_settings
from invoicewatch.config import Config
from invoicewatch.config.settings import ClusterSettings, NotifySettings, OcrSettings, WorkerSettings
from invoicewatch.errors import ConfigError

PICKLED = pickle.dumps({"a": 1})
HERE = {"invoicewatch": "1", "tesseract": "5", "languages": "deu+eng+fra", "model": "a"}


@given(st.lists(st.binary(max_size=50), max_size=5), st.integers(1, 40))
def test_messages_come_whole_however_the_bytes_are_cut(contents, step):
    messages = [wire.Done(f"{number}", content) for number, content in enumerate(contents)]
    stream = b"".join(wire.write_frame(message) for message in messages)
    frames, found = wire.Frames(wire.ToHead, 1000), list[wire.ToHead]()
    for start in range(0, len(stream), step):
        found += frames.take(stream[start : start + step])
    assert messages == found


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x01\xc0",
        wire.write_frame(wire.Drop("a")),
        b"\x00\x00\x00\x0e" + msgspec.msgpack.encode(["Done", 7, b"x" * 4]) + b"xx",
        len(PICKLED).to_bytes(4) + PICKLED,
    ],
)
def test_what_no_bridge_says_is_refused(content):
    with pytest.raises(wire.WireError):
        list(wire.Frames(wire.ToHead, 1000).take(content))


def test_where_pickle_is_turned_off_it_makes_plain_data_and_runs_nothing():
    program = (
        "import pickle, os, sys\n"
        "class Bomb:\n"
        "    def __reduce__(self): return (print, ('it ran',))\n"
        "plain, bomb = pickle.dumps({'a': [1, b'2', bytes]}), pickle.dumps(Bomb())\n"
        "from invoicewatch.cluster.no_pickle import turn_pickle_off\n"
        "turn_pickle_off()\n"
        "import cloudpickle\n"
        "from distributed.protocol.pickle import loads as dasks\n"
        "for loads in (pickle.loads, sys.modules['_pickle'].loads, cloudpickle.loads, dasks):\n"
        "    assert loads(plain)['a'][1] == b'2'\n"
        "    try: loads(bomb)\n"
        "    except AttributeError as exc: assert 'builtins.print' in str(exc)\n"
        "    else: raise SystemExit('it was opened')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ("", 0) == (done.stdout, done.returncode), done.stderr


def test_without_a_cluster_nothing_of_dask_is_imported():
    program = (
        "import sys\n"
        "import invoicewatch.daemon.service, invoicewatch.answers.runs.batch, invoicewatch.cluster.choose\n"
        "loaded = {name.partition('.')[0] for name in sys.modules} & {'dask', 'distributed', 'tornado'}\n"
        "ours = {name for name in sys.modules if name.startswith('invoicewatch.cluster.')}\n"
        "print(sorted(loaded), sorted(ours))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[] ['invoicewatch.cluster.choose']" == done.stdout.strip()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("tcp://127.0.0.1:8786", ""),
        ("tcp://[::1]:8786", ""),
        ("tcp://localhost:8786", ""),
        ("tcp://10.0.0.1:8786", "cluster_clear"),
        ("tcp://127.0.0.1.example.org:8786", "cluster_clear"),
        ("tls://10.0.0.1:8786", "cluster_keys"),
    ],
)
def test_nothing_leaves_a_machine_in_the_clear(address, code):
    if not code:
        check_address(address, "", "", "")
        return
    with pytest.raises(ConfigError) as caught:
        check_address(address, "", "", "")
    assert code == caught.value.code


def test_no_secret_and_no_folder_goes_to_a_machine():
    config = Config(notify=NotifySettings(apprise=("mailtos://me:secret@example.org",)), ocr=OcrSettings(timeout_s=7))
    config = msgspec.structs.replace(config, workers=WorkerSettings(timeout_s=9, count=3))
    content = write_settings(config)
    assert b"secret" not in content
    assert config.paths.state.encode() not in content
    applied = read_settings(content).apply(Config())
    assert (7, Config().model.path) == (applied.ocr.timeout_s, applied.model.path)
    assert WorkerSettings(timeout_s=9) == applied.workers


def test_versions_languages_and_model_tell_machines_apart():
    assert {"invoicewatch", "tesseract", "languages", "model"} == set(find_versions(Config()))
    assert [] == list_differences(HERE, HERE | {"languages": "deu+eng+fra+pol"}, Config())
    words = list_differences(HERE, {"invoicewatch": "1", "tesseract": "4", "languages": "eng", "model": "b"}, Config())
    assert ["tesseract 4 instead of 5", "model b instead of a", "no language data for deu, fra"] == words
    auto = Config(ocr=OcrSettings(languages=("auto",)))
    assert ["no language data for fra"] == list_differences(HERE, HERE | {"languages": "deu+eng"}, auto)


def test_the_next_document_goes_where_least_waits_and_at_most_two_are_at_a_core():
    machines = Machines(Config(cluster=ClusterSettings(scheduler="tcp://127.0.0.1:1")), HERE)
    large = wire.Machine("tcp://a", "a", 4, HERE, wire.Load())
    small = wire.Machine("tcp://b", "b", 1, HERE, wire.Load())
    odd = wire.Machine("tcp://c", "c", 8, HERE | {"tesseract": "4"}, wire.Load())
    machines.renew([large, small, odd])
    assert 10 == machines.room
    given: list[str] = []
    while (seat := machines.choose()) is not None:
        seat.keys.add(f"{len(given)}")
        given.append(seat.machine.name)
    assert {"a": 8, "b": 2} == {name: given.count(name) for name in "ab"}
    assert {"a", "b"} == set(given[:2])
    machines.renew([large])
    assert ("a", 0) == (machines.seats[0].machine.name, machines.room)
