"""The slopes of softmax as what they are: a matrix, outputs down and net inputs across."""

from __future__ import annotations

from app.explain.anatomy import Neuron
from app.explain.digits import show
from app.explain.model import Factor, Matrix
from app.explain.scene import Scene

WHOLE = 8  # up to this many outputs the matrix is shown whole


def jacobian(scene: Scene, of: Neuron, by: Neuron) -> Matrix:
    """dout_i/dnet_j of one example: of many outputs the first, the last and the two concerned."""
    outputs = scene.anatomy.neurons(of.layer)
    kept = [
        None if at is None else outputs[at]
        for at in places(len(outputs), {of.position, by.position})
    ]
    return Matrix(
        caption=scene.text("jacobian", count=str(len(outputs))),
        rows=tuple(f"out_{row.name}" if row else None for row in kept),
        columns=tuple(f"net_{column.name}" if column else None for column in kept),
        cells=tuple(tuple(_entry(scene, row, column) for column in kept) for row in kept),
    )


def places(count: int, needed: set[int]) -> list[int | None]:
    """Which of `count` rows are shown, in order; None stands for a stretch that is left out."""
    if count <= WHOLE:
        return list(range(count))
    shown: list[int | None] = []
    before = -1
    for at in sorted({0, *needed, count - 1}):
        shown.extend([None] if at > before + 1 else [])
        shown.append(at)
        before = at
    return shown


def _entry(scene: Scene, row: Neuron | None, column: Neuron | None) -> Factor | None:
    if row is None or column is None:
        return None
    number = scene.share_slope(row, column)
    return Factor(number.name or "", number.value, show(number.value, number.style).text)
