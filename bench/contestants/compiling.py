"""Compiles a C file that lies here and hands out its `run`."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from bench.contestant import Missing
from bench.workloads import Floats

HERE = Path(__file__).parent
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC", "-Wall", "-Wno-psabi")


def compiler() -> str:
    """$CC, else gcc, else cc. Raises Missing."""
    for name in (os.environ.get("CC"), "gcc", "cc"):
        if name and (found := shutil.which(name)):
            return found
    raise Missing("no C compiler found (gcc; or set CC=)")


def compiler_version() -> str:
    said = subprocess.run([compiler(), "--version"], capture_output=True, text=True, check=True)
    return f"{said.stdout.splitlines()[0]}, {' '.join(FLAGS[:2])}"


@cache
def compiled(source: str) -> Callable[..., None]:
    """The function `run` of a C file. Raises Missing."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "contestant.so"
        command = [compiler(), *FLAGS, str(HERE / source), "-o", str(library), "-lm"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(f"{source} does not compile: {done.stderr[:200]}")
        run: Any = ctypes.CDLL(str(library)).run
    run.restype = None
    made: Callable[..., None] = run
    return made


def doubles(array: Floats) -> Any:
    return array.ctypes.data_as(ctypes.POINTER(ctypes.c_double))


def integers(values: tuple[int, ...]) -> Any:
    return (ctypes.c_int * len(values))(*values)
