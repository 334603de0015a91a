"""The scripts behind `make setup`: what they ask for, and on what a build of llama.cpp depends."""

import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
PACKAGES = ["tesseract-ocr", "tesseract-ocr-eng", "tesseract-ocr-deu", "tesseract-ocr-fra", "tesseract-ocr-osd"]


@pytest.fixture
def programs(tmp_path):
    """A PATH with next to nothing on it, as on a bare machine; ``programs(name, body)`` adds a fake one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "grep"):
        (folder / name).symlink_to(str(shutil.which(name)))

    def add(name, body):
        (folder / name).write_text(f"#!{shutil.which('bash')}\n{body}\n", encoding="utf-8")
        (folder / name).chmod(0o755)

    add("id", "echo 1000")
    return add


def install(tmp_path, *arguments):
    return subprocess.run(
        [str(shutil.which("bash")), str(SCRIPTS / "install-system-packages"), *arguments],
        env={"PATH": str(tmp_path / "bin")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("programs")
def test_without_apt_one_message_says_what_to_install(tmp_path):
    done = install(tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Ask an administrator to run:  apt-get install " + " ".join(PACKAGES) in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_without_root_and_sudo_nothing_is_run_and_the_same_message_says_so(programs, tmp_path):
    programs("apt-get", f"echo called >> {tmp_path}/apt-calls")
    done = install(tmp_path)
    assert done.returncode == 3
    assert "without root" in done.stderr
    assert not (tmp_path / "apt-calls").exists()


def test_sudo_that_would_ask_for_a_password_is_not_waited_for(programs, tmp_path):
    programs("apt-get", f"echo called >> {tmp_path}/apt-calls")
    programs("sudo", 'test "$1" != -n')
    assert install(tmp_path).returncode == 3
    assert not (tmp_path / "apt-calls").exists()


def test_with_sudo_only_what_is_missing_is_installed(programs, tmp_path):
    for name in ("python3", "c++", "cmake", "ninja"):
        programs(name, "true")
    programs("tesseract", f"test -e {tmp_path}/installed && printf 'deu\\nfra\\nosd\\n'; printf 'eng\\n'")
    programs("sudo", 'test "$1" = -n || "$@"')
    programs("env", 'shift; exec "$@"')
    programs("apt-get", f'echo "$@" >> {tmp_path}/apt-calls; test "$1" != install || : > {tmp_path}/installed')
    done = install(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    calls = (tmp_path / "apt-calls").read_text(encoding="utf-8").splitlines()
    assert calls[0].startswith("update")
    assert calls[1].split()[-3:] == ["tesseract-ocr-deu", "tesseract-ocr-fra", "tesseract-ocr-osd"]


def test_where_everything_is_there_nothing_is_asked(programs, tmp_path):
    for name in ("python3", "c++", "cmake", "ninja"):
        programs(name, "true")
    programs("tesseract", "printf 'eng\\ndeu\\nfra\\nosd\\n'")
    done = install(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_lock_file_names_no_registry_and_hashes_everything():
    for name in ("lock.txt", "llama.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        entries = [line for line in text.splitlines() if "==" in line and not line.startswith("#")]
        assert entries
        assert [entry for entry in entries if not entry.endswith("\\")] == [], "every entry goes on with its hashes"


@pytest.fixture(scope="module")
def build_llama():
    spec = importlib.util.spec_from_file_location("build_llama", SCRIPTS / "build_llama.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_build_leaves_amx_out_on_x86_only(build_llama, monkeypatch):
    """A stock build dies with SIGSEGV at the first token on CPUs that have AMX."""
    monkeypatch.setattr(build_llama.platform, "machine", lambda: "x86_64")
    environment = build_llama.build_environment()
    assert [name for name in ("CFLAGS", "CXXFLAGS") if "-mno-amx-tile" not in environment[name]] == []
    monkeypatch.setattr(build_llama.platform, "machine", lambda: "aarch64")
    monkeypatch.delenv("CFLAGS", raising=False)
    assert "CFLAGS" not in build_llama.build_environment()


def test_the_users_cmake_arguments_reach_the_build_and_change_its_key(build_llama, monkeypatch):
    monkeypatch.delenv("LLAMA_CMAKE_ARGS", raising=False)
    plain = build_llama.describe_build(build_llama.build_environment())
    monkeypatch.setenv("LLAMA_CMAKE_ARGS", "-DGGML_CUDA=on")
    environment = build_llama.build_environment()
    assert environment["CMAKE_ARGS"].endswith("-DLLAMA_BUILD_TESTS=OFF -DGGML_CUDA=on")
    assert build_llama.describe_build(environment) != plain


def test_the_key_of_a_build_names_version_compiler_python_and_cpu(build_llama):
    facts = build_llama.describe_build(build_llama.build_environment())
    assert "llama-cpp-python==" in facts
    assert [name for name in ("compiler: ", "python: ", "cpu: ", "CMAKE_ARGS=") if f"\n{name}" not in facts] == []


def test_a_build_that_crashes_is_told_from_one_that_works(build_llama, monkeypatch, tmp_path):
    crashing = tmp_path / "scripts"
    crashing.mkdir()
    (crashing / "decode_tokens.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(build_llama, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match=r"died by SIGSEGV(.|\n)*GGML_NATIVE=OFF"):
        build_llama.prove_decoding(tmp_path / "model.gguf", tmp_path)


def test_the_lock_file_holds_every_dependency_in_a_version_that_is_asked_for():
    """`make lock` is due after a change of the dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [Requirement(text) for text in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])]
    text = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    text += (ROOT / "requirements" / "llama.txt").read_text(encoding="utf-8")
    locked = {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    }
    assert [str(one) for one in asked if locked.get(canonicalize_name(one.name), "") not in one.specifier] == []
