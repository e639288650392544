"""Does each command tell a person what to do when it cannot go on, and leave nothing running?"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from dev import messages
from dev.installation import ROOT


def _demo(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dev.demo"],
        cwd=ROOT,
        env={**os.environ, "DEMO_DIR": str(folder), **changes},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_taken_port_is_told_in_a_sentence(short_folder: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = _demo(short_folder, PORT=str(other.getsockname()[1]))
    assert refused.returncode == 1
    assert "is taken by another program" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("port", ["x", "0", "70000"])
def test_a_port_that_is_none_is_told_in_a_sentence(short_folder: Path, port: str) -> None:
    refused = _demo(short_folder, PORT=port)
    assert refused.returncode == 1
    assert "PORT must be" in refused.stderr


def test_a_second_demo_from_the_same_folder_is_told_in_a_sentence(short_folder: Path) -> None:
    import fcntl

    with (short_folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = _demo(short_folder)
    assert refused.returncode == 1
    assert "already running" in refused.stderr


def test_no_permission_to_write_is_told_in_a_sentence(short_folder: Path) -> None:
    (short_folder / "file").touch()
    refused = _demo(short_folder / "file" / "demo")
    assert refused.returncode == 1
    assert "No permission to write" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_python_that_is_too_old_is_told_in_a_sentence() -> None:
    """Run by this Python with another idea of its age: the old ones are not installed everywhere."""
    program = "import sys; sys.version_info = (3, 8, 0, 'final', 0); sys.argv = ['venv.py', 'demo']; import runpy; "
    refused = subprocess.run(
        [sys.executable, "-c", program + "runpy.run_path('dev/venv.py', run_name='__main__')"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "Python 3.8 is too old" in refused.stderr


def test_the_file_that_tells_it_can_be_read_by_old_pythons() -> None:
    import ast

    ast.parse((ROOT / "dev" / "venv.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_make_without_a_python_says_so() -> None:
    if shutil.which("make") is None:
        pytest.skip("no make here")
    refused = subprocess.run(
        ["make", "demo", "PYTHON=python-that-is-not-there"],  # noqa: S607  # wherever make is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode != 0
    assert "install Python 3.11 or newer" in refused.stderr


def test_translations_are_compiled_when_they_changed(tmp_path: Path) -> None:
    source = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    catalogue.append(polib.POEntry(msgid="Quarter", msgstr="Trimestre"))
    catalogue.save(str(source))
    assert messages.compile_all(tmp_path) == 1
    assert [entry.msgstr for entry in polib.mofile(str(source.with_suffix(".mo")))] == ["Trimestre"]
    assert messages.compile_all(tmp_path) == 0


def test_static_files_can_be_collected_for_the_containers(tmp_path: Path) -> None:
    """The hashed storage fails on a file that a stylesheet names and that is not there."""
    collected = subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "STATIC_ROOT": str(tmp_path), "DJANGO_SETTINGS_MODULE": "situation_table.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert collected.returncode == 0, collected.stderr[-500:]
    assert (tmp_path / "staticfiles.json").exists()
