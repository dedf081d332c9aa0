"""Nothing is unpickled, and nothing is fetched from an address that a request brings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
READS_CODE = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve", "yaml"}
FETCHES = {"aiohttp", "ftplib", "http.client", "httpx", "requests", "urllib.request", "urllib3"}
KNOCKS = APP / "listening.py"
"""It asks its own address, to tell whether Slowprop is running there already."""


def faults(source: str, forbidden: set[str]) -> list[str]:
    """Imports of these modules, and data read in a way that may run code."""
    tree = ast.parse(source)
    imported = [name for name in imports(tree) if {name, name.partition(".")[0]} & forbidden]
    return [*imported, *dangerous_calls(tree)]


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{name.name}" for name in names)


def dangerous_calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="eval" | "exec" as name)):
                yield name
            case ast.keyword(arg="allow_pickle", value=ast.Constant(value=True)):
                yield "allow_pickle"


@pytest.mark.parametrize("path", sorted(APP.rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_does_it(path: Path) -> None:
    forbidden = READS_CODE if path == KNOCKS else READS_CODE | FETCHES
    assert faults(path.read_text(), forbidden) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from pickle import loads",
        "import urllib.request as ask",
        "from urllib import request",
        "from http.client import HTTPConnection",
        "def late():\n    import httpx",
        "numpy.load(file, allow_pickle=True)",
        "exec(code)",
    ],
)
def test_it_would_be_noticed(source: str) -> None:
    assert faults(source, READS_CODE | FETCHES)
