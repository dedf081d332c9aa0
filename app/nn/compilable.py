"""Which functions belong to the compiled kernel, and how each of them is called until it is compiled.

The kernel is plain Python with `math`. `@compilable` marks a helper that compiled code may
call; `@entry(...)` marks a function that Python calls. Both stay ordinary functions: nothing
here imports the compiler, `app.nn.compiler` does that once, when it is told to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

AnyFunction = Callable[..., Any]
Function = TypeVar("Function", bound=AnyFunction)

HELPERS: list[AnyFunction] = []
ENTRIES: list[Entry] = []


class Entry:
    """A door into the kernel: the compiled function once there is one, before that the plain one.

    `example` returns arguments of the types the door is called with; the compiler reads the
    signature from them, so that no request ever meets a type that is not compiled yet.
    """

    def __init__(self, plain: AnyFunction, example: Callable[[], tuple[Any, ...]]) -> None:
        self.plain = plain
        self.example = example
        self.compiled: AnyFunction | None = None

    def __call__(self, *arguments: object) -> None:
        if self.compiled is not None:
            self.compiled(*arguments)
            return
        # NaN and Infinity are values like any other: compiled code does not warn of them either.
        with np.errstate(all="ignore"):
            self.plain(*arguments)


def compilable(function: Function) -> Function:
    """Mark a helper; it is returned as it is."""
    HELPERS.append(function)
    return function


def entry(example: Callable[[], tuple[Any, ...]]) -> Callable[[AnyFunction], Entry]:
    """Make a door of a function (see `Entry`)."""

    def door(plain: AnyFunction) -> Entry:
        ENTRIES.append(Entry(plain, example))
        return ENTRIES[-1]

    return door


def chain(functions: list[AnyFunction]) -> AnyFunction:
    """One function of (code, ...) that calls `functions[code](...)`.

    Compiled code cannot index a list of functions, so the choice is a chain of closures, one
    per function; the last one needs no question.
    """
    head, *tail = functions
    if not tail:

        def last(_code: int, *arguments: Any) -> None:  # noqa: ANN401
            head(*arguments)

        return compilable(last)

    rest = chain(tail)

    def choose(code: int, *arguments: Any) -> None:  # noqa: ANN401
        if code == 0:
            head(*arguments)
        else:
            rest(code - 1, *arguments)

    return compilable(choose)
