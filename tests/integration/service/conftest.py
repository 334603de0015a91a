"""A small Debian with a real systemd, booted in a root folder and namespaces of its own; the host's stay untouched.

The root is made once by debootstrap and kept in the user's cache. Each boot lays a fresh, temporary layer over it, so
that nothing a test does is left. The program is the wheel of this source; its dependencies are the host's.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
PACKAGES = "systemd,systemd-sysv,dbus,python3,tesseract-ocr,tesseract-ocr-deu,tesseract-ocr-fra,tesseract-ocr-osd"
MODEL = SOURCE / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
BOOT = """
set -eu
mount --make-rprivate /
mount -t tmpfs tmpfs /run
mkdir -p /run/layer/upper /run/layer/work /run/layer/root
mount -t overlay overlay -o lowerdir="$1",upperdir=/run/layer/upper,workdir=/run/layer/work /run/layer/root
shift
exec systemd-nspawn -q -D /run/layer/root --boot --console=pipe --register=no --keep-unit "$@"
"""


@dataclass
class Machine:
    """A booted system; ``pid`` is its systemd's, as the host counts."""

    pid: int
    install_output: str = ""

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command inside, as root."""
        inside = ["nsenter", "-t", str(self.pid), "-m", "-p", "-u", "-i", "-n", "--wdns=/", "env", "-i"]
        done = subprocess.run(
            [*inside, "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LC_ALL=C.UTF-8", *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if check and done.returncode != 0:
            pytest.fail(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done

    def run_as(self, person: str, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command as a person with that person's groups."""
        return self.run("runuser", "-u", person, "--", *command, check=check)

    def path(self, inside: str) -> Path:
        """A file of the machine, as the host sees it."""
        return Path(f"/proc/{self.pid}/root") / inside.lstrip("/")

    def show(self, name: str) -> str:
        """A property of the service."""
        return self.run("systemctl", "show", "-P", name, "invoicewatch.service").stdout.strip()

    def journal(self) -> str:
        """What the service logged."""
        return self.run("journalctl", "-q", "--no-pager", "-o", "cat", "-u", "invoicewatch.service").stdout

    def wait_until(self, condition: Callable[[], bool], timeout_s: float, what: str) -> None:
        """Wait for something that happens inside; fail with the service's log if it does not."""
        deadline = time.monotonic() + timeout_s
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"not within {timeout_s:.0f} s: {what}\n{self.journal()[-3000:]}")
            time.sleep(0.1)


@pytest.fixture(scope="session")
def debian_root() -> Path:
    """The folder of a bare Debian of the host's release."""
    if os.geteuid() != 0:
        pytest.skip("booting a systemd needs root")
    if not all(shutil.which(program) for program in ("debootstrap", "systemd-nspawn", "nsenter")):
        pytest.skip("booting a systemd needs debootstrap and systemd-container")
    release = dict(
        re.findall(r'^(\w+)="?([^"\n]*)"?$', Path("/etc/os-release").read_text(encoding="utf-8"), re.MULTILINE)
    )
    if release.get("VERSION_ID") != "12" or sys.version_info[:2] != (3, 11):
        pytest.skip("the packages of this Python run inside only where both are Debian 12's 3.11")
    suite = release["VERSION_CODENAME"]
    key = hashlib.sha256(f"{suite} {PACKAGES}".encode()).hexdigest()[:16]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "invoicewatch" / "test-root"
    root = cache / key
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run side by side
        if not root.exists():
            make_root(root, suite)
    return root


def make_root(root: Path, suite: str) -> None:
    """Fetch and unpack a Debian; the folder gets its name once it is whole."""
    unfinished = root.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(unfinished), find_mirror(suite)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    unfinished.rename(root)


def find_mirror(suite: str) -> str:
    """Where this machine's own apt gets its packages from."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(CODENAME)", "Created-By: Packages"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return next(line.split()[0] for line in listed if line.split()[1:] == [suite])


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make install` leaves in /opt/invoicewatch: a virtual environment with the wheel of this source."""
    folder = tmp_path_factory.mktemp("installation")
    wheels = tmp_path_factory.mktemp("wheels")
    packages = folder / "lib" / "python3.11" / "site-packages"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(wheels), str(SOURCE)], check=True
    )
    wheel = next(wheels.glob("*.whl"))
    subprocess.run(
        [*pip, "install", "-q", "--no-deps", "--no-index", "--target", str(packages), str(wheel)], check=True
    )
    (packages / "dependencies.pth").write_text("/opt/dependencies\n", encoding="utf-8")
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to("/usr/bin/python3")
    program = folder / "bin" / "invoicewatch"
    program.write_text(
        "#!/opt/invoicewatch/bin/python\nfrom invoicewatch.cli.main import main\nmain()\n", encoding="utf-8"
    )
    program.chmod(0o755)
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def machine(debian_root: Path, installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A freshly booted system with invoicewatch in /opt, not yet installed as a service."""
    console = tmp_path_factory.mktemp("console") / "console.log"
    binds = [
        f"--bind-ro={installation}:/opt/invoicewatch",
        f"--bind-ro={sysconfig.get_path('purelib')}:/opt/dependencies",
        "--private-network",
    ]
    with console.open("wb") as log:
        nspawn = subprocess.Popen(
            ["unshare", "-m", "sh", "-c", BOOT, "boot", str(debian_root), *binds],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        booted = Machine(wait_for_init(nspawn, console))
        booted.wait_until(lambda: is_up(booted), 60, "systemd up")
        booted.run("ln", "-s", "/opt/invoicewatch/bin/invoicewatch", "/usr/local/bin/invoicewatch")
        models = booted.path("/root/.cache/invoicewatch/models")
        models.mkdir(parents=True)
        shutil.copy(MODEL, models)
        yield booted
    finally:
        nspawn.send_signal(signal.SIGTERM)  # nspawn shuts the system down in order
        try:
            nspawn.wait(timeout=60)
        except subprocess.TimeoutExpired:
            nspawn.kill()
            nspawn.wait()


def wait_for_init(nspawn: subprocess.Popen[bytes], console: Path) -> int:
    """The process id of the systemd inside: nspawn's only child."""
    children = Path(f"/proc/{nspawn.pid}/task/{nspawn.pid}/children")

    deadline = time.monotonic() + 30
    while nspawn.poll() is None and time.monotonic() < deadline:
        for pid in children.read_text(encoding="utf-8").split():
            if Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() == "systemd":
                return int(pid)
        time.sleep(0.1)
    pytest.fail(f"the system did not boot:\n{console.read_text(errors='replace')}")


def is_up(machine: Machine) -> bool:
    """Whether all that belongs to booting is done."""
    done = machine.run("systemctl", "is-system-running", check=False)
    return done.stdout.strip() in {"running", "degraded"}
