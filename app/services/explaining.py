"""Words for the numbers of one step."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import TooMuchWork
from app.explain.cards import Card, calculations, card
from app.explain.model import Lang
from app.explain.reading import Reading
from app.nn.passes import StepTrace
from app.nn.spec import NetworkSpec
from app.services.records import Setting

MOST_CARDS = 100


def cards(
    spec: NetworkSpec, trace: StepTrace, names: Sequence[str], example: int, lang: Lang
) -> list[Card]:
    """Raises NotFound for an unknown name, TooMuchWork for more than MOST_CARDS."""
    if len(names) > MOST_CARDS:
        detail = f"At most {MOST_CARDS} names fit into one request; ask for the rest in another."
        raise TooMuchWork.at("/names", TooMuchWork.code, detail)
    step = trace.before.step
    return [card(spec, trace, name, example, lang, step) for name in names]


def stops(setting: Setting, example: int) -> Reading:
    """Every calculation of a step, in reading order; each is made when it is asked for."""
    examples = setting.batch_size
    return calculations(setting.spec, examples, example if examples > 1 else 0)
