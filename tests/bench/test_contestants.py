"""Every contestant that needs no package of its own computes what the engine computes."""

from __future__ import annotations

import shutil
from typing import Any

import numpy as np
import pytest

from bench.child import check
from bench.contestant import Missing
from bench.contestants import LISTED
from bench.rounds import FLOORS, difference
from bench.workloads import W1, W2, W3, WORKLOADS, Workload

LIGHT = [name for name, listed in LISTED.items() if not listed.package]
COMPARED = [name for name in LIGHT if name not in FLOORS]
STEPS = {"W1": 50, "W2": 20, "W3": 1}


def outcome(name: str, workload: Workload, *, record: bool) -> dict[str, Any] | None:
    run = LISTED[name].make().prepare(workload, record=record)
    return None if run is None else check(run, STEPS[workload.name])


def there(name: str) -> bool:
    """C needs a compiler, which a bare machine has not; without one it says what is missing."""
    if not name.startswith("c") or shutil.which("gcc") or shutil.which("cc"):
        return bool(LISTED[name].make().version())
    with pytest.raises(Missing, match="no C compiler"):
        LISTED[name].make().version()
    return False


@pytest.mark.parametrize("record", [False, True], ids=["plain", "recorded"])
@pytest.mark.parametrize("workload", [W1, W2, W3], ids=lambda workload: workload.name)
@pytest.mark.parametrize("name", COMPARED)
def test_it_computes_the_same(name: str, workload: Workload, record: bool) -> None:
    if not there(name):
        return
    found = outcome(name, workload, record=record)
    if found is None:
        return  # it takes no part in this workload; the test below says who does
    wanted = outcome("slowprop", workload, record=record)
    assert wanted is not None
    assert difference(workload, found, wanted) is None


def test_who_takes_part_in_what() -> None:
    taking = {
        (workload.name, name)
        for workload in (W1, W2, W3)
        for name in LIGHT
        if there(name) and outcome(name, workload, record=False)
    }
    assert {name for workload, name in taking if workload == "W3"} >= {
        "slowprop", "products", "numpy", "numpy-tuned",
    }  # fmt: skip
    assert {name for workload, name in taking if workload == "W2"} >= {"slowprop", "playground"}
    assert {name for workload, name in taking if workload == "W1"} >= {
        "slowprop", "playground", "scalars", "tutorial", "numpy", "numpy-tuned",
    }  # fmt: skip


def test_the_worked_example_is_the_known_one() -> None:
    found = outcome("tutorial", W1, record=True)
    assert found is not None
    assert W1.loss(W1.parameters) == pytest.approx(0.298371109, abs=1e-9)
    assert len(found["row"]) == W1.columns


def test_a_wrong_loss_and_a_wrong_value_are_found() -> None:
    right = outcome("scalars", W1, record=False)
    recorded = outcome("tutorial", W1, record=True)
    assert right is not None
    assert recorded is not None
    moved = {**right, "parameters": [right["parameters"][0] + 1e-6, *right["parameters"][1:]]}
    assert "its loss is" in (difference(W1, moved, right) or "")
    wrong = {**recorded, "row": [recorded["row"][0] * (1 + 1e-8), *recorded["row"][1:]]}
    assert "its recorded value 0 is" in (difference(W1, wrong, recorded) or "")
    assert "records 0 values" in (difference(W1, {**recorded, "row": None}, recorded) or "")


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=WORKLOADS.keys())
def test_parameters_are_cut_as_they_were_joined(workload: Workload) -> None:
    weights, biases = workload.cut(workload.parameters)
    for cut, own in zip((*weights, *biases), (*workload.weights, *workload.biases), strict=True):
        assert np.array_equal(cut, own)
