"""How a formula is written: in symbols or numbers, with how many digits, marked for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from app.explain.digits import DIGITS, Shown
from app.explain.model import Role, Segment
from app.explain.notation import Symbol

_MARK = r"\htmlData{"


class Mode(Enum):
    SYMBOLS = 1
    NUMBERS = 2


@dataclass(frozen=True, slots=True)
class View:
    """How to write: `digits` significant ones for given numbers, `partial` for what is worked
    out on the way, `places` decimals of the result (sums are aligned to them). `fewer` are the
    symbols of numbers that do with fewer digits than the rest.
    """

    mode: Mode = Mode.NUMBERS
    digits: int = DIGITS
    partial: int = DIGITS
    places: int = DIGITS
    fewer: Mapping[Symbol, int] = field(default_factory=dict)

    def digits_of(self, symbol: Symbol) -> int:
        return self.fewer.get(symbol, self.digits)


SYMBOLS = View(Mode.SYMBOLS)


def mark(latex: str, name: str | None, role: Role, value: float | None = None) -> str:
    """Wrapped for the page: KaTeX turns \\htmlData{name=w5} into data-name="w5"."""
    if name is None:
        return latex
    number = "" if value is None else f",value={float(value)!r}"
    return rf"\htmlData{{name={name},role={role}{number}}}{{{latex}}}"


def unmarked(latex: str) -> str:
    """Plain LaTeX, for papers: without what `mark` adds."""
    while (start := latex.find(_MARK)) >= 0:
        body = latex.index("}", start) + 1
        latex = latex[:start] + latex[body:]
    return latex


def piece(shown: Shown, name: str | None, role: Role) -> Segment:
    """A number in a sentence. One without a name of its own is plain text."""
    if name is None:
        return Segment(shown.text)
    return Segment(shown.text, name, shown.value, role)
