"""What is timed side by side: one section is one interleaving, and becomes one or more tables."""

from __future__ import annotations

from dataclasses import dataclass

from bench import machine
from bench.contestants import LISTED
from bench.rounds import Entry

ENGINE = "slowprop"
THREADED = ("slowprop", "products", "numpy-tuned", "jax", "pytorch")


@dataclass(frozen=True)
class Table:
    """Contestants under one heading. Ratios are to the engine's entry, which comes first."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Section:
    name: str
    tables: tuple[Table, ...]

    @property
    def entries(self) -> list[Entry]:
        return [entry for table in self.tables for entry in table.entries]


def everybody(workload: str, *, record: bool = False) -> tuple[Entry, ...]:
    return tuple(Entry(name, workload, record) for name in LISTED)


def threaded(workload: str, threads: int) -> tuple[Entry, ...]:
    return tuple(Entry(name, workload, threads=threads) for name in THREADED)


TWO_THREADS = Table("W3 on two threads", threaded("W3", 2))

GROWTH = {
    "twice the steps": (
        Entry(ENGINE, "W1", steps=20_000),
        Entry(ENGINE, "W1", steps=10_000),
    ),
    **{
        f"{size} network, twice the {what}": (
            Entry(ENGINE, f"{size}, twice the {what}"),
            Entry(ENGINE, size),
        )
        for size in ("small", "large")
        for what in ("examples", "parameters")
    },
}

SECTIONS = (
    Section(
        "W1",
        (
            Table("W1: the worked example, 2-2-2, sigmoid, one example", everybody("W1")),
            Table("W1 with every value of every update recorded", everybody("W1", record=True)),
        ),
    ),
    Section("W2", (Table("W2: 2-4-2-1, tanh, batch of 10", everybody("W2")),)),
    Section(
        "W3",
        (
            Table("W3: 784-128-64-10, ReLU and sigmoid, batch of 128", everybody("W3")),
            *([TWO_THREADS] if machine.usable() > 1 else []),
            Table(
                "W3 with parameters and loss of every update recorded",
                everybody("W3", record=True),
            ),
        ),
    ),
    Section(
        "growth",
        (Table("", tuple(dict.fromkeys(e for pair in GROWTH.values() for e in pair))),),
    ),
)
