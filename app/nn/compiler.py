"""Compiles the kernel, once, when told to; numba is imported nowhere else.

The machine code is kept in a folder named after a hash of everything it depends on: numba
itself only watches the file of the outermost function, not the helpers that are compiled
into it.
"""

from __future__ import annotations

import hashlib
import os
import platform
import threading
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.nn import blas, lanes, loops  # noqa: F401  (importing them fills ENTRIES and HELPERS)
from app.nn.compilable import ENTRIES, HELPERS, AnyFunction, Entry
from app.nn.shortcuts import shortcuts

_lock = threading.Lock()


def loaded() -> bool:
    """Whether the kernel runs compiled."""
    return all(door.compiled is not None for door in ENTRIES)


def load(cache_dir: Path | None = None) -> None:
    """Compile the kernel, or load it from `cache_dir` (default: NUMBA_CACHE_DIR, else __pycache__).

    Takes about a second with a filled cache and some more without; may be called from any
    thread and more than once. Without a folder that can be written to it compiles every time.
    """
    with _lock:
        if not loaded():
            compile_into(cache_dir or default_cache_dir())


def default_cache_dir() -> Path:
    named = os.environ.get("NUMBA_CACHE_DIR")
    return Path(named) if named else Path(__file__).parent / "__pycache__"


def compile_into(cache_dir: Path) -> None:
    # Importing numba takes half a second and 100 MB: only for those who load the kernel.
    numba: Any = import_module("numba")
    extending: Any = import_module("numba.extending")
    folder = cache_dir / cache_key()
    cached = can_write(folder)
    if cached:
        numba.config.CACHE_DIR = str(folder)
    for helper in HELPERS:  # inlined: calls of so few operations would cost as much as they do
        extending.register_jitable(no_cfunc_wrapper=True, forceinline=True)(helper)
    compiled = [machine_code(numba, door, cached=cached) for door in ENTRIES]
    for door, function in zip(ENTRIES, compiled, strict=True):
        door.compiled = function


def machine_code(numba: Any, door: Entry, *, cached: bool) -> AnyFunction:  # noqa: ANN401
    signature = tuple(numba.typeof(argument) for argument in door.example())
    make = numba.njit([signature], cache=cached, nogil=True, error_model="numpy")
    with shortcuts(superwords=door.superwords):
        function: AnyFunction = make(door.plain)
    return function


def can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def cache_key(sources: Path = Path(__file__).parent) -> str:
    """A hash of the sources, the compiler and the interpreter."""
    digest = hashlib.sha256()
    for name in (platform.python_version(), version("numba"), version("numpy")):
        digest.update(name.encode())
    for source in sorted(sources.glob("*.py")):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return f"kernel-{digest.hexdigest()[:16]}"
