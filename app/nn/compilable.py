"""Which functions belong to the compiled kernel, and how they are called until it is compiled.

The kernel is plain Python with `math`. `@compilable` marks a helper that compiled code may
call; `@entry(...)` marks a function that Python calls. Both stay ordinary functions: nothing
here imports the compiler, `app.nn.compiler` does that once, when it is told to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    `superwords` asks for neighbouring operations to become one on several numbers.
    """

    def __init__(
        self, plain: AnyFunction, example: Callable[[], tuple[Any, ...]], *, superwords: bool
    ) -> None:
        self.plain = plain
        self.example = example
        self.superwords = superwords
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


def entry(
    example: Callable[[], tuple[Any, ...]], *, superwords: bool = False
) -> Callable[[AnyFunction], Entry]:
    """Make a door of a function (see `Entry`)."""

    def door(plain: AnyFunction) -> Entry:
        ENTRIES.append(Entry(plain, example, superwords=superwords))
        return ENTRIES[-1]

    return door


def chain(functions: Sequence[AnyFunction]) -> AnyFunction:
    """One function of (code, ...) that calls `functions[code](...)`.

    Compiled code cannot index a list of functions, so the choice is spelled out, four at a
    time: every link of the chain costs compilation time.
    """
    first, second, third, fourth = (*functions[:4], *[functions[-1]] * (4 - len(functions)))[:4]
    rest = chain(functions[4:]) if len(functions) > 4 else fourth

    def choose(code: int, *arguments: object) -> None:
        if code == 0:
            first(*arguments)
        elif code == 1:
            second(*arguments)
        elif code == 2:
            third(*arguments)
        elif code == 3:
            fourth(*arguments)
        else:
            rest(code - 4, *arguments)

    def choose_last(code: int, *arguments: object) -> None:
        if code == 0:
            first(*arguments)
        elif code == 1:
            second(*arguments)
        elif code == 2:
            third(*arguments)
        else:
            fourth(*arguments)

    return compilable(choose if len(functions) > 4 else choose_last)
