"""Templates filled in: a template of `words` with its slots becomes the segments of a sentence.

A slot `{w}` takes a word, a number or a run of segments. `{w:을}` is for a word and adds the
Korean particle that its last sound asks for.
"""

from __future__ import annotations

from functools import lru_cache
from string import Formatter
from typing import TypeAlias

from app.explain.korean import with_particle
from app.explain.model import Lang, Segment, Sentence, plain_text
from app.explain.words import TEMPLATES

Slot: TypeAlias = str | Segment | Sentence


def say(key: str, lang: Lang, **slots: Slot) -> Sentence:
    segments: list[Segment] = []
    for literal, field, particle in _parts(key, lang):
        segments.append(Segment(literal))
        if field:
            segments.extend(_filled(slots[field], particle))
    return _joined(segments)


@lru_cache(maxsize=1 << 10)
def _parts(key: str, lang: Lang) -> tuple[tuple[str, str, str], ...]:
    """A template as stretches of text, each with the slot after it and that slot's particle."""
    parsed = Formatter().parse(TEMPLATES[key].of(lang))
    return tuple((literal, slot or "", particle or "") for literal, slot, particle, _ in parsed)


def text(key: str, lang: Lang, **slots: Slot) -> str:
    return plain_text(say(key, lang, **slots))


def _filled(slot: Slot, particle: str) -> Sentence:
    if isinstance(slot, str):
        return (Segment(with_particle(slot, particle) if particle else slot),)
    if particle:
        raise ValueError(f"a number cannot carry the particle {particle}")
    return (slot,) if isinstance(slot, Segment) else slot


def _joined(segments: list[Segment]) -> Sentence:
    """Neighbouring stretches of plain text as one, empty ones dropped."""
    joined: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        if segment.name is None and joined and joined[-1].name is None:
            segment = Segment(joined.pop().text + segment.text)  # noqa: PLW2901
        joined.append(segment)
    return tuple(joined)
