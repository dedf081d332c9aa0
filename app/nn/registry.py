"""What every registry entry tells about itself, and how one is found by its name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from app.errors import Fault, unknown

Value = float | bool | None


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of an entry; a number is finite and at least `low` (above it when `open_low`).

    It stays `below` the number of that name, is at most `high`, and without a fraction when
    `whole`. What is None by default may be None: not in use.
    """

    name: str
    default: Value
    low: float | None = None
    open_low: bool = False
    below: float | None = None
    high: float | None = None
    whole: bool = False

    def problem(self, value: object) -> str | None:
        """What is wrong with a value for this option, or None."""
        if isinstance(self.default, bool):
            return None if isinstance(value, bool) else f"{self.name} is true or false."
        if value is None and self.default is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"{self.name} is a number{'' if self.default is not None else ' or null'}."
        if not math.isfinite(value):
            return f"{self.name} is a finite number."
        return self.out_of_range(value)

    def out_of_range(self, value: float) -> str | None:
        """What is wrong with a number for this option, or None."""
        if self.low is not None and (value < self.low or (self.open_low and value == self.low)):
            return f"{self.name} is {'above' if self.open_low else 'at least'} {self.low:g}."
        if self.below is not None and value >= self.below:
            return f"{self.name} is below {self.below:g}."
        if self.high is not None and value > self.high:
            return f"{self.name} is at most {self.high:.0f}."
        if self.whole and value != int(value):
            return f"{self.name} is a whole number."
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What a catalogue shows of an entry: formula, a sentence per language, where to read on."""

    name: str
    formula: str
    formula_latex: str
    sentence: Mapping[str, str]
    link: str


Found = TypeVar("Found", bound=Registered)


def listed(entries: Iterable[Found]) -> dict[str, Found]:
    """A registry: entries by name. Their order is their code in the kernel."""
    return {item.name: item for item in entries}


def code(registry: Mapping[str, Found], name: str) -> int:
    """The number under which compiled code knows an entry: its place in the registry."""
    return list(registry).index(name)


def name_fault(
    registry: Mapping[str, Found], kind: str, given: str, pointer: str
) -> Iterator[Fault]:
    """A fault when the registry has no such name."""
    if given not in registry:
        yield Fault(pointer, "unknown-name", unknown(kind, given, registry))


def option_faults(
    options: tuple[Option, ...], given: Mapping[str, object], pointer: str
) -> Iterator[Fault]:
    """A fault for every option that is unknown or has a value out of its range."""
    known = {option.name: option for option in options}
    for name, value in given.items():
        place = f"{pointer}/{name}"
        if name not in known:
            yield Fault(place, "unknown-name", unknown("option", name, known))
        elif problem := known[name].problem(value):
            yield Fault(place, "out-of-range", problem)


def number(value: Value) -> float:
    """As the kernel reads an option: true is 1; false, and what is not in use, 0."""
    return float(value or 0.0)


def no_conflict(_options: Mapping[str, Value]) -> str | None:
    """For entries whose options always fit together."""
    return None


def filled(options: tuple[Option, ...], given: Mapping[str, Value]) -> dict[str, Value]:
    """All options in their order, defaults where nothing was given."""
    return {option.name: given.get(option.name, option.default) for option in options}
