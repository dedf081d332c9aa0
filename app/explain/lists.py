"""Enumerations in both languages: w5 and w7, w5부터 w30."""

from __future__ import annotations

from collections.abc import Sequence

from app.explain.model import Segment, Sentence
from app.explain.scene import Scene


def listed(scene: Scene, names: Sequence[str]) -> str:
    """w5, w6 and w7"""
    if len(names) == 1:
        return names[0]
    return scene.text("list.and", first=", ".join(names[:-1]), last=names[-1])


def numbers(scene: Scene, shown: Sequence[Segment]) -> Sentence:
    """0.05 and 0.10; three or more with commas before the last."""
    joined: list[Segment] = []
    for at, number in enumerate(shown):
        if at:
            last = at == len(shown) - 1
            joined.append(Segment(scene.text("list.numbers") if last else ", "))
        joined.append(number)
    return tuple(joined)
