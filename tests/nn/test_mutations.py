"""Every line of arithmetic made wrong, one change at a time: the battery must notice each.

What cannot be noticed, because the mutant computes the same, is listed by the reason in
`tests/data/equivalent-mutants.json`; the list may neither lack one nor have one too many.
"""

from __future__ import annotations

import ast
import json
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from app.nn import activations
from app.nn.compilable import ENTRIES, HELPERS
from tests.nn import mutator
from tests.nn.battery import Check, battery
from tests.nn.mutator import Mutant

MODULES = (
    "runs", "loops", "lanes", "exponentials", "blas", "optimizers", "entropies", "softmax",
    "activations", "losses", "batches", "clipping", "board",
)  # fmt: skip
# Functions of a module that are arithmetic although Python alone calls them.
BY_PYTHON = {
    "blas": {"run", "record", "forward", "judge", "learn", "move"},
    "batches": {"size", "epoch", "orders", "rows"},
    "softmax": {"jacobians"},
}

# Mutants that compute the same, by the reason.
EQUIVALENT: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "data" / "equivalent-mutants.json").read_text()
)


def kernel_functions() -> set[tuple[str, str]]:
    """(module, function) of everything that is compiled, the choosing of a function apart."""
    compiled = [*HELPERS, *(door.plain for door in ENTRIES)]
    named = {(each.__module__.rpartition(".")[2], each.__qualname__) for each in compiled}
    return {(module, name) for module, name in named if module != "compilable"}


TASKS = sorted(
    kernel_functions() | {(module, name) for module, names in BY_PYTHON.items() for name in names}
)


@cache
def checks() -> list[Check]:
    """Made while everything is right; those that noticed something lately come first."""
    return battery()


def noticed(change: AbstractContextManager[None]) -> bool:
    found = checks()
    with change, np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for place, check in enumerate(found):
            try:
                check()
            except Exception:  # noqa: BLE001 — whatever a wrong kernel leads to
                found.insert(0, found.pop(place))
                return True
    return False


def survivors(task: tuple[str, str]) -> tuple[int, list[str]]:
    """How many mutants of a function there are, and which of them nobody notices."""
    module, name = task
    made = [*mutator.mutants(import_module(f"app.nn.{module}"), name)]
    return len(made), [each.name for each in made if not noticed(mutator.in_place(each))]


@pytest.fixture(scope="module")
def report() -> tuple[int, set[str]]:
    """In processes of their own, which have never seen the compiler."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        results = list(pool.map(survivors, TASKS))
    return sum(count for count, _ in results), {name for _, names in results for name in names}


def test_every_mutant_is_noticed_unless_it_computes_the_same(
    report: tuple[int, set[str]],
) -> None:
    count, found = report
    listed = {name for names in EQUIVALENT.values() for name in names}
    assert count > 1_500
    assert found == listed, "\n".join(
        ["Nobody notices:", *sorted(found - listed), "Noticed after all:", *sorted(listed - found)]
    )


def test_the_whole_kernel_is_mutated() -> None:
    assert {module for module, _ in kernel_functions()} == set(MODULES)


@pytest.fixture
def plain(uncompiled: Callable[[], AbstractContextManager[None]]) -> Iterator[None]:
    with uncompiled():
        yield


@pytest.mark.usefixtures("plain")
def test_nothing_is_noticed_where_nothing_is_wrong() -> None:
    """A local variable by another name is no fault; and afterwards everything is as before."""
    original = activations.sigmoid.__code__
    source = ast.unparse(mutator.functions(activations)["sigmoid"]).replace("power", "e_to_the_z")
    (renamed,) = ast.parse(source).body
    assert isinstance(renamed, ast.FunctionDef)
    code = mutator.code_of(renamed, activations, "sigmoid")
    mutant = Mutant(activations, "sigmoid", "power -> e_to_the_z", code)
    assert "e_to_the_z" in code.co_varnames
    assert not noticed(mutator.in_place(mutant))
    assert activations.sigmoid.__code__ is original


def test_every_kind_of_fault_is_made() -> None:
    source = """
def f(x, y, cells):
    cells[x] = 0.5 * -y if x > 1 and y else min(x, y)
    x += y
    for i in range(x):
        g(i)
"""
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    made = {change.split(" in ")[0] for change, _ in mutator.changed(function)}
    assert made >= {
        "cells[x] = 0.5 * -y if x > 1 and y else min(x, y) -> pass",
        "cells[x] -> cells[x + 1]",
        "0.5 * -y -> 0.5 / -y", "0.5 * -y -> 0.5", "0.5 * -y -> -y", "0.5 -> 0.6", "-y -> y",
        "x > 1 -> x >= 1", "1 -> 2", "x > 1 and y -> x > 1 or y", "x > 1 and y -> y",
        "min(x, y) -> x", "min(x, y) -> y", "x += y -> x -= y", "x += y -> x = y",
        "range(x) -> range(x - 1)", "g(i) -> pass",
        "0.5 * -y if x > 1 and y else min(x, y) -> 0.5 * -y if not (x > 1 and y) else min(x, y)",
    }  # fmt: skip


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize(
    ("module", "constant"),
    [("activations", "LEAK"), ("activations", "HALF_ROOT"), ("activations", "NORMAL_PEAK"),
     ("clipping", "ROOM")],
)  # fmt: skip
def test_a_wrong_constant_is_noticed(
    module: str, constant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = import_module(f"app.nn.{module}")
    checks()
    monkeypatch.setattr(place, constant, 1.1 * getattr(place, constant))
    assert noticed(nullcontext())
