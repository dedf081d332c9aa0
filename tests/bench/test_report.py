"""The table says what was measured, who is missing and why, and which goals are met."""

from __future__ import annotations

from bench import goals, report
from bench.contestants import LISTED
from bench.over_http import COMPUTED, CONSTANT, READ, STEP, OverHttp
from bench.ratios import Ratio
from bench.report import Results
from bench.rounds import Entry
from bench.sections import SECTIONS

ENGINE, C, TORCH = (Entry(name, "W1") for name in ("slowprop", "c", "pytorch"))
HTTP = OverHttp(
    rates={CONSTANT: [100.0] * 9, COMPUTED: [81.0] * 9, READ: [29.0] * 9, STEP: [11.0] * 9},
    medians=Ratio(1.0, 1.5, 2.5),
    ninety_ninths=Ratio(2.0, 3.5, 4.0),
    raw=[0.01] * 9,
    text=[0.1] * 9,
)


def shown() -> str:
    results = Results(
        rounds=9,
        times={C: [1e-6] * 9, ENGINE: [2e-6] * 9},
        versions={"slowprop": "0.1.0", "c": "gcc 12"},
        missing={"pytorch": "No module named 'torch' | pip failed\n"},
        wrong={Entry("numpy", "W1"): "its loss is 1, not 2"},
        memory=123.0,
        http=HTTP,
    )
    return report.document(results, 0.08)


def test_rows_are_fastest_first_beside_the_engine() -> None:
    lines = shown().splitlines()
    c = lines.index("| C, one generic routine | 1.00 µs | 1 000 000 | 0.500 (0.500 to 0.500) |")
    assert lines[c + 1] == "| **Slowprop** | 2.00 µs | 500 000 | 1 |"


def test_who_is_missing_or_wrong_has_a_row_with_the_reason() -> None:
    page = shown()
    reason = "missing: No module named 'torch' / pip failed"
    assert page.count(f"| PyTorch, eager | {reason} | | |") == 1
    assert f"| PyTorch, eager | {reason} |\n" in page  # among the versions
    assert "| NumPy, plain | not timed: its loss is 1, not 2 | | |" in page


def test_what_was_not_measured_has_no_table() -> None:
    page = shown()
    assert "## W1" in page
    assert "## W2" not in page
    assert "## Cost against size" not in page


def test_goals_are_judged_by_their_medians() -> None:
    page = shown()
    assert (
        "| W1: time of C, one generic routine | ≤ 1.3 | 2.00 (2.00 to 2.00) | **missed** |" in page
    )
    assert "| ≤ 300 | 123 (123 to 123) | met |" in page
    assert f"| HTTP: throughput of {COMPUTED} | ≥ 0.8 | 0.810 (0.810 to 0.810) | met |" in page
    assert f"| HTTP: throughput of {READ} | ≥ 0.3 | 0.290 (0.290 to 0.290) | **missed** |" in page
    assert "99th percentile | ≤ 3 | 3.50 (2.00 to 4.00) | **missed** |" in page


def test_every_goal_is_of_something_that_is_timed() -> None:
    timed = {entry for section in SECTIONS for entry in section.entries}
    one_processor = {entry for goal in goals.GOALS for entry in (goal.over, goal.under)} - timed
    assert all(entry.threads > 1 for entry in one_processor)
    assert all(entry.contestant in LISTED for entry in timed)


def test_growth_by_steps_counts_whole_calls() -> None:
    goal = next(goal for goal in goals.GOALS if goal.text == "cost of twice the steps")
    verdict = goal.verdict({goal.over: [1e-6] * 9, goal.under: [1e-6] * 9})
    assert verdict is not None
    assert verdict.found.middle == 2.0
    assert verdict.met
