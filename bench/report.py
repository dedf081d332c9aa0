"""The run's own words: docs/benchmarks.md, and what the terminal shows."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench import goals, machine
from bench.contestants import LISTED
from bench.over_http import CONSTANT, OverHttp
from bench.ratios import Ratio, duration, short
from bench.rounds import FLOORS, Entry, Times
from bench.sections import GROWTH, SECTIONS, Table

HEAD = """# Benchmarks

Written by `make bench`: edit nothing here. Everything below comes from one run on one machine.

- **What is timed**: seconds per update inside one call of many updates (at most 100 000; when every
  value is recorded 10 000), garbage collection included, compiling and setting up excluded.
- **How**: each contestant has a process of its own, with as many processors as it has threads
  (one, where nothing else is said; the same for OpenMP, OpenBLAS, PyTorch and XLA). In every round
  all take their turn for about {slice} ms, in an order drawn anew. Times are medians of {rounds}
  rounds; ratios are medians of the ratios within a round, with the quartiles in brackets. Only the
  ratios count.
- **What is computed**: the same float64 gradient descent. Before it is timed, a contestant's loss
  must agree with the engine's to 1e-9, and so must its last recorded row; one that fails is not
  timed. Only the matrix products alone, a floor in italics, are not compared.
- **Who**: C is compiled here from `bench/contestants/`. Node.js runs an engine written in the
  manner of TensorFlow Playground, the object per neuron a program written in the manner of
  tutorials. The others are packages. Who is not in a table takes no part in that workload.

Machine: {machine}.
"""


@dataclass
class Results:
    rounds: int
    times: Times = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    wrong: dict[Entry, str] = field(default_factory=dict)
    memory: float | None = None
    http: OverHttp | None = None


def document(results: Results, slice_: float) -> str:
    head = HEAD.format(
        rounds=results.rounds, slice=round(slice_ * 1e3), machine=machine.described()
    )
    return "\n".join([head, *body(results), ""])


def body(results: Results) -> Iterator[str]:
    """Every table for which something was measured."""
    tables = [table for section in SECTIONS for table in section.tables if table.heading]
    for table in tables:
        if any(entry in results.times for entry in table.entries):
            yield from paragraph(table.heading, contestants(table, results))
    if all(entry in results.times for pair in GROWTH.values() for entry in pair):
        yield from paragraph("Cost against size", growth(results.times))
    if results.http is not None:
        yield from paragraph(
            "Over HTTP, one server process, 8 connections", over_http(results.http)
        )
    yield from paragraph("Goals", verdicts(results))
    if results.versions:
        yield from paragraph("Versions", versions(results))


def paragraph(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield from (f"## {heading}", "", *lines, "")


def contestants(table: Table, results: Results) -> Iterator[str]:
    """Fastest first; then whoever is missing or wrong, with the reason."""
    timed = [entry for entry in table.entries if entry in results.times]
    timed.sort(key=lambda entry: statistics.median(results.times[entry]))
    yield from ("| contestant | one update | per second | times Slowprop's |", "|---|--:|--:|--:|")
    for entry in timed:
        yield timed_row(entry, results.times[entry], results.times.get(table.entries[0], []))
    for entry in table.entries:
        if entry.contestant in results.missing:
            yield f"| {entry.title} | missing: {in_a_cell(results.missing[entry.contestant])} | | |"
        elif entry in results.wrong:
            yield f"| {entry.title} | not timed: {in_a_cell(results.wrong[entry])} | | |"


def timed_row(entry: Entry, own: list[float], engine: list[float]) -> str:
    middle = statistics.median(own)
    title = f"*{entry.title}*" if entry.contestant in FLOORS else entry.title
    ratio = str(Ratio.of(own, engine)) if engine and own is not engine else "1" if engine else ""
    return f"| {title} | {duration(middle)} | {short(1 / middle)} | {ratio} |"


def in_a_cell(text: str) -> str:
    return " ".join(text.replace("|", "/").split())


def growth(times: Times) -> Iterator[str]:
    yield from ("| what grows | times the cost |", "|---|--:|")
    for what, (grown, single) in GROWTH.items():
        factor = 2.0 if grown.steps else 1.0
        yield f"| {what} | {Ratio.of(times[grown], times[single], factor)} |"


def over_http(found: OverHttp) -> Iterator[str]:
    yield from ("| answer | requests per second | of the constant's |", "|---|--:|--:|")
    for title, rates in found.rates.items():
        ratio = "1" if title == CONSTANT else str(Ratio.of(rates, found.rates[CONSTANT]))
        yield f"| {title} | {short(statistics.median(rates))} | {ratio} |"
    raw, text = (duration(statistics.median(way)) for way in (found.raw, found.text))
    yield ""
    yield f"From the click to the arrays of 10 000 steps with every value: {raw}; as JSON {text}."


def verdicts(results: Results) -> Iterator[str]:
    found = [*goals.of_times(results.times)]
    if results.memory is not None:
        found += goals.of_memory(results.memory)
    if results.http is not None:
        found += goals.of_http(results.http)
    yield from ("| goal | limit | measured | |", "|---|--:|--:|---|")
    for verdict in found:
        limit = f"{'≥' if verdict.at_least else '≤'} {verdict.limit:.4g}"
        word = "met" if verdict.met else "**missed**"
        yield f"| {verdict.text.replace('**', '')} | {limit} | {verdict.found} | {word} |"


def versions(results: Results) -> Iterator[str]:
    yield from ("| contestant | made with |", "|---|---|")
    for name, listed in LISTED.items():
        reason = f"missing: {in_a_cell(results.missing.get(name, 'not asked'))}"
        yield f"| {listed.title} | {results.versions.get(name, reason)} |"
