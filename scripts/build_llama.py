"""Build llama-cpp-python for this machine's CPU, install it, and prove that it decodes.

It has no wheel on PyPI, and a stock build dies with SIGSEGV at the first token on CPUs with AMX
(ggml-org/llama.cpp#20824), so it is compiled here with flags that are safe. The wheel is kept in the user's cache under
a key that names everything it depends on: pip's own wheel cache does not know flags and would serve a bad one again.

Usage: build_llama.py --model MODEL.gguf [--copy-to FOLDER]
LLAMA_CMAKE_ARGS is appended to the build's CMake arguments, e.g. LLAMA_CMAKE_ARGS=-DGGML_CUDA=on for an NVIDIA card.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENT = ROOT / "requirements" / "llama.txt"
STAMP = Path(sys.prefix) / ".llama"  # in the virtual environment that runs this
# Only the library is needed; leaving out the rest saves a quarter of the time.
CMAKE_ARGS = (
    "-DLLAVA_BUILD=OFF",
    "-DLLAMA_BUILD_TOOLS=OFF",
    "-DLLAMA_BUILD_SERVER=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF",
    "-DLLAMA_BUILD_TESTS=OFF",
)
NO_AMX = ("-mno-amx-tile", "-mno-amx-int8", "-mno-amx-bf16")


def main() -> None:
    """Build unless the cache has it, install unless it is installed, prove it unless it was proved."""
    parser = argparse.ArgumentParser(description="Build llama-cpp-python for this CPU.")
    parser.add_argument("--model", type=Path, required=True, help="the GGUF file to prove the build with")
    parser.add_argument("--copy-to", type=Path, help="put the wheel into this folder too")
    options = parser.parse_args()
    environment = build_environment()
    facts = describe_build(environment)
    key = hashlib.sha256(facts.encode()).hexdigest()[:16]
    installed = STAMP.is_file() and STAMP.read_text(encoding="utf-8") == key
    if installed and not options.copy_to:
        return
    folder = cache_home() / "llama-cpp-python" / key
    wheel = next(iter(sorted(folder.glob("*.whl"))), None) or build_wheel(folder, environment, facts)
    if not installed:
        install_wheel(wheel)
        prove_decoding(options.model, folder)
        STAMP.write_text(key, encoding="utf-8")
    if options.copy_to:
        shutil.copy(wheel, options.copy_to)


def build_environment() -> dict[str, str]:
    """The environment of the compiler: safe flags, and what the user adds."""
    environment = dict(os.environ)
    environment["CMAKE_ARGS"] = " ".join([*CMAKE_ARGS, os.environ.get("LLAMA_CMAKE_ARGS", "")]).strip()
    if platform.machine() in {"x86_64", "AMD64", "i686"}:
        for name in ("CFLAGS", "CXXFLAGS"):
            environment[name] = " ".join([os.environ.get(name, ""), *NO_AMX]).strip()
    return environment


def describe_build(environment: dict[str, str]) -> str:
    """Everything that the wheel depends on, one fact a line."""
    compiler = environment.get("CXX", "c++").split()  # may carry a launcher: "ccache c++"
    version = subprocess.run([*compiler, "--version"], check=True, capture_output=True, text=True).stdout
    return "\n".join(
        [
            REQUIREMENT.read_text(encoding="utf-8").strip(),
            *(f"{name}={environment.get(name, '')}" for name in ("CMAKE_ARGS", "CFLAGS", "CXXFLAGS")),
            f"compiler: {version.splitlines()[0]}",
            f"python: {sysconfig.get_config_var('SOABI')}, {' '.join(platform.libc_ver())}",
            f"cpu: {platform.machine()} {cpu_flags()}",
            "",
        ]
    )


def cpu_flags() -> str:
    """What this CPU can do, as Linux tells it (``flags`` on x86, ``Features`` on ARM)."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^(?:flags|Features)\s*:\s*(.*)$", text, re.MULTILINE)
    return " ".join(sorted(found[1].split())) if found else "unknown"


def cache_home() -> Path:
    """Where slow results are kept, outside the tree."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "invoicewatch"


def build_wheel(folder: Path, environment: dict[str, str], facts: str) -> Path:
    """Compile into a scratch folder, then move the wheel and its description into place at once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    log = folder.parent / f"{folder.name}.log"
    print("Building llama-cpp-python for this CPU: once, 5 to 10 minutes on two cores.", flush=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".build-") as scratch:
        command = [sys.executable, "-m", "pip", "wheel", "--verbose", "--disable-pip-version-check", "--no-deps"]
        command += ["--no-cache-dir", "--require-hashes", "-r", str(REQUIREMENT), "--wheel-dir", scratch]
        if run_with_progress(command, environment, log) != 0:
            tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])
            sys.exit(f"{tail}\n\nllama-cpp-python did not build. The whole log: {log}")
        Path(scratch, "facts.txt").write_text(facts, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(scratch, folder.with_suffix(".part"), dirs_exist_ok=True)
    folder.with_suffix(".part").rename(folder)
    return next(folder.glob("*.whl"))


def run_with_progress(command: list[str], environment: dict[str, str], log: Path) -> int:
    """Run it, log its output, and show how many of the files are compiled."""
    shown = -1
    with (
        log.open("w", encoding="utf-8") as sink,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as build,
    ):
        assert build.stdout is not None
        for line in build.stdout:
            sink.write(line)
            step = re.match(r"\s*\[(\d+)/(\d+)\]", line)
            tenth = int(step[1]) * 10 // int(step[2]) if step else shown
            if step and tenth > shown:
                shown = tenth
                print(f"  {step[1]} of {step[2]} files compiled", flush=True)
    return build.returncode


def install_wheel(wheel: Path) -> None:
    """Into this virtual environment; its dependencies are in the lock file."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--no-index", "--force-reinstall", str(wheel)], check=True)


def prove_decoding(model: Path, folder: Path) -> None:
    """Decode a few tokens in a child process; a build that crashes must not pass for a working one."""
    child = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "decode_tokens.py"), str(model)],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if child.returncode == 0:
        print(f"llama-cpp-python works on this CPU: An invoice is {child.stdout.strip()!r}", flush=True)
        return
    if child.returncode < 0:
        reason = f"died by {signal.Signals(-child.returncode).name}"
    else:
        reason = child.stderr.strip().splitlines()[-1] if child.stderr.strip() else f"exit code {child.returncode}"
    sys.exit(
        f"llama-cpp-python was built, but decoding a few tokens with {model.name} failed: {reason}.\n"
        "Try the plainest build:  LLAMA_CMAKE_ARGS=-DGGML_NATIVE=OFF make setup\n"
        f"The build that failed, and what it was built from: {folder}"
    )


if __name__ == "__main__":
    main()
