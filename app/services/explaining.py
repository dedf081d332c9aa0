"""Words for the numbers of one step."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import TooMuchWork
from app.explain.cards import Card, calculations, card
from app.explain.lost import Lost
from app.explain.model import Lang
from app.explain.reading import Reading
from app.services import divergence
from app.services.library import At, Library
from app.services.records import Network, Setting
from app.services.values import check_example

MOST_CARDS = 100


def cards(
    library: Library, network: Network, at: At, names: Sequence[str], example: int, lang: Lang
) -> tuple[int, list[Card]]:
    """(step, cards). Raises NotFound for an unknown name, TooMuchWork for more than MOST_CARDS."""
    if len(names) > MOST_CARDS:
        detail = f"At most {MOST_CARDS} names fit into one request; ask for the rest in another."
        raise TooMuchWork.at("/names", TooMuchWork.code, detail)
    spec = library.entry(network, at).setting.spec
    trace = library.trace(network, at)
    check_example(trace, example)
    step, lost = trace.before.step, lost_by(library, network, trace.before.step)
    return step, [card(spec, trace, name, example, lang, step, lost) for name in names]


def lost_by(library: Library, network: Network, step: int) -> Lost | None:
    """What the network says was not finite first, unless that was after `step`."""
    found = divergence.first_lost(library, network)
    if found is None or found.step > step:
        return None
    return Lost(found.step, found.name, found.value)


def stops(setting: Setting, example: int) -> Reading:
    """Every calculation of a step, in reading order; each is made when it is asked for."""
    examples = setting.batch_size
    return calculations(setting.spec, examples, example if examples > 1 else 0)
