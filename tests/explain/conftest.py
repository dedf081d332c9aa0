"""Networks to be explained: the worked example, and others in every variety."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from app.explain.cards import calculations, card
from app.explain.model import Card, Lang, plain_text
from app.nn import kernel, passes
from app.nn.names import Names
from app.nn.passes import StepTrace
from app.nn.spec import Bias, Choice, NetworkSpec, flatten

WORKED = NetworkSpec((2, 2, 2), ("sigmoid", "sigmoid"), bias=Bias("shared", trainable=False))
SUMMARIES = (
    "headline", "phase:forward", "phase:error", "phase:backward", "phase:update", "result",
)  # fmt: skip


@dataclass(frozen=True)
class Lesson:
    """One step of one network, ready to be asked about."""

    spec: NetworkSpec
    trace: StepTrace

    def card(self, name: str, lang: Lang = "en", example: int = 0) -> Card:
        return card(self.spec, self.trace, name, example, lang, self.trace.before.step)

    def says(self, name: str, lang: Lang = "en") -> str:
        return plain_text(self.card(name, lang).sentence)

    def names(self, example: int = 0) -> list[str]:
        """Everything that can be asked about: every value, every stop, every summary."""
        batch = len(self.trace.backward.forward.inputs)
        stops = [stop.name for stop in calculations(self.spec, batch, example)]
        return [*dict.fromkeys([*Names.of(self.spec).all(), *stops, *SUMMARIES])]

    def cards(self, lang: Lang, example: int = 0) -> list[Card]:
        return [self.card(name, lang, example) for name in self.names(example)]


@cache
def worked_lesson(
    step: int = 0, order: str = "simultaneous", optimizer: Choice = WORKED.optimizer
) -> Lesson:
    spec = NetworkSpec(
        WORKED.sizes, WORKED.activations, bias=WORKED.bias, optimizer=optimizer,
        update_order="sequential" if order == "sequential" else "simultaneous",
    )  # fmt: skip
    weights = [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]]
    state = passes.start(spec, flatten(spec, weights, [[0.35, 0.35], [0.60, 0.60]]))
    inputs, targets = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    for _ in range(step):
        state = passes.step(spec, state, inputs, targets).after
    return Lesson(spec, passes.step(spec, state, inputs, targets))


def any_lesson(
    spec: NetworkSpec,
    *,
    seed: int = 0,
    examples: int = 1,
    steps: int = 1,
    trace: StepTrace | None = None,
) -> Lesson:
    """A network with random parameters and data, after some steps; or the trace that is given."""
    if trace is not None:
        return Lesson(spec, trace)
    random = np.random.default_rng(seed)
    state = passes.start(spec, random.normal(0.0, 1.0, spec.layout.size))
    inputs = random.normal(0.0, 1.0, (examples, spec.sizes[0])).round(2)
    targets = random.uniform(0.0, 1.0, (examples, spec.sizes[-1])).round(2)
    with np.errstate(all="ignore"):
        for _ in range(steps - 1):
            state = passes.step(spec, state, inputs, targets).after
        return Lesson(spec, passes.step(spec, state, inputs, targets))


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Many steps are taken here."""
    kernel.load()


@pytest.fixture(scope="session")
def steps_of_the_worked_example() -> Callable[[int], Iterator[Lesson]]:
    """Its first steps, one after another."""

    def lessons(count: int, optimizer: Choice = WORKED.optimizer) -> Iterator[Lesson]:
        lesson = worked_lesson(optimizer=optimizer)
        forward = lesson.trace.backward.forward
        for _ in range(count):
            yield lesson
            trace = passes.step(lesson.spec, lesson.trace.after, forward.inputs, forward.targets)
            lesson = Lesson(lesson.spec, trace)

    return lessons


@pytest.fixture(scope="session")
def worked() -> Callable[..., Lesson]:
    return worked_lesson


@pytest.fixture(scope="session")
def lesson() -> Callable[..., Lesson]:
    return any_lesson


@pytest.fixture(scope="session")
def texts() -> Callable[[Card], list[str]]:
    """Every text of a card that a person reads."""

    def read(made: Card) -> list[str]:
        why = (made.why.question, made.why.answer) if made.why else ()
        return [
            made.title,
            plain_text(made.sentence),
            plain_text(made.note),
            *why,
            made.trap or "",
            *(line.plain for line in made.lines),
            *(link.label for link in made.strip),
            *(term.label for term in made.terms),
            made.matrix.caption if made.matrix else "",
        ]

    return read
