"""Imports point down. import-linter checks app/; these are the rules that it cannot say."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NN = sorted((ROOT / "app/nn").glob("*.py"))
PAGE = ROOT / "static/src"

# The lowest first. A file may import from its own layer and from those before it.
PAGE_LAYERS = (
    {"types"},
    {"i18n"},
    {"model", "paint"},
    {"tokens"},
    {"api", "store"},
    {"actions"},
    {"views", "live"},
    {"main"},
)


@pytest.mark.parametrize("path", NN, ids=lambda path: path.name)
def test_the_mathematics_needs_only_numpy_and_numba(path: Path) -> None:
    allowed = sys.stdlib_module_names | {"numpy", "numba", "app"}
    assert {name for name in python_imports(path) if name not in allowed} == set()


def python_imports(path: Path) -> Iterator[str]:
    """The top-level packages that a Python file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names):
                yield from (name.name.split(".")[0] for name in names)
            case ast.ImportFrom(module=str(module)):
                yield module.split(".")[0]


def test_the_page_imports_point_down() -> None:
    wrong = [
        f"{importer.relative_to(PAGE)} imports {imported.relative_to(PAGE)}"
        for importer in PAGE.rglob("*.ts")
        for imported in page_imports(importer)
        if layer(imported) > layer(importer)
    ]
    assert wrong == []


def page_imports(path: Path) -> Iterator[Path]:
    """The project's own files that a TypeScript file imports."""
    for target in re.findall(r"""(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]""", path.read_text()):
        if not target.endswith(".css"):
            yield (path.parent / target).resolve()


def layer(path: Path) -> int:
    room = path.relative_to(PAGE).parts[0].removesuffix(".ts")
    return next(rank for rank, rooms in enumerate(PAGE_LAYERS) if room in rooms)
