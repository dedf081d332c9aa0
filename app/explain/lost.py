"""Where the finite numbers end: the first quantity that is NaN or infinite."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.explain.digits import show
from app.explain.model import Segment
from app.explain.scene import Scene
from app.nn.finite import first_bad_value, first_not_finite
from app.nn.names import Names


@dataclass(frozen=True, slots=True)
class Lost:
    step: int
    name: str
    value: float


def first_lost(scene: Scene) -> Lost | None:
    """The first one of this step in the order of computation, whichever example it is of."""
    name = first_not_finite(scene.spec, scene.trace)
    if name is None:
        return None
    return Lost(scene.step, name, first_bad_value(scene.spec, scene.trace, name))


def lost_value(scene: Scene, lost: Lost) -> Segment:
    """Its value; with its name where that is what the name means here."""
    text = show(lost.value).text
    if lost.step != scene.step:
        return Segment(text, f"{lost.name}@{lost.step}", lost.value)
    own = Names.of(scene.spec).value(scene.trace, lost.name, scene.example)
    return Segment(text) if math.isfinite(own) else Segment(text, lost.name, own)
