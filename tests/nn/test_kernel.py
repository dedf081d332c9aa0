"""Loading the kernel: once, from any thread, from a cache that knows what it was made of."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.nn import compiler, kernel
from app.nn.compilable import ENTRIES

SOURCES = Path(compiler.__file__).parent


def test_loading_twice_from_many_threads_changes_nothing() -> None:
    functions = [door.compiled for door in ENTRIES]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: kernel.load(), range(8)))
    assert kernel.loaded()
    assert [door.compiled for door in ENTRIES] == functions


def test_every_door_has_exactly_one_signature() -> None:
    """No request ever meets the compiler: what is not compiled is refused."""
    for door in ENTRIES:
        assert door.compiled is not None
        assert len(door.compiled.signatures) == 1  # type: ignore[attr-defined]
        assert not door.compiled._can_compile  # type: ignore[attr-defined]


def test_the_cache_key_changes_with_every_source(tmp_path: Path) -> None:
    for source in SOURCES.glob("*.py"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    key = compiler.cache_key(tmp_path)
    assert key == compiler.cache_key(SOURCES)
    for source in sorted(tmp_path.glob("*.py")):
        text = source.read_bytes()
        source.write_bytes(text + b"\n# changed\n")
        assert compiler.cache_key(tmp_path) != key, source.name
        source.write_bytes(text)
    (tmp_path / "another.py").touch()
    assert compiler.cache_key(tmp_path) != key


def test_the_default_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert compiler.default_cache_dir() == tmp_path
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert compiler.default_cache_dir() == SOURCES / "__pycache__"


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not compiler.can_write(tmp_path / "file" / "folder")
    assert compiler.can_write(tmp_path / "new" / "folder")


def test_the_command_of_the_install_step_finds_a_filled_cache() -> None:
    """With the cache that these tests just filled it has nothing left to compile."""
    folder = compiler.default_cache_dir() / compiler.cache_key()
    before = sorted(folder.rglob("*.nb*"))
    program = [sys.executable, "-W", "error", "-m", "app.nn"]
    subprocess.run(program, check=True, cwd=SOURCES.parents[1], env=dict(os.environ))
    assert before
    assert sorted(folder.rglob("*.nb*")) == before


def test_importing_the_engine_does_not_import_the_compiler() -> None:
    program = (
        "import sys, app.nn.kernel, app.nn.names, app.nn.finite; sys.exit('numba' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=SOURCES.parents[1])
