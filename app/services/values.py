"""Single values by their names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from app.errors import NotFound
from app.nn.names import Names
from app.nn.passes import StepTrace
from app.nn.spec import NetworkSpec


def by_name(
    spec: NetworkSpec, trace: StepTrace, names: Sequence[str], example: int
) -> dict[str, float]:
    """Raises NotFound for an unknown name."""
    known = Names.of(spec)
    return {name: known.value(trace, name, example) for name in names}


def in_order(
    spec: NetworkSpec, trace: StepTrace, start: int, count: int, example: int
) -> tuple[dict[str, float], int | None]:
    """`count` values in order of computation from place `start`, and the next place."""
    known = Names.of(spec)
    names = list(islice(known.all(), start, start + count + 1))
    values = {name: known.value(trace, name, example) for name in names[:count]}
    return values, start + count if len(names) > count else None


def check_example(trace: StepTrace, example: int) -> None:
    rows = len(trace.backward.forward.inputs)
    if example >= rows:
        raise NotFound(
            f"There is no example {example} in this batch; it has {rows}, counted from 0."
        )
