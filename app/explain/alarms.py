"""One sentence for each alarm: what is wrong, and the factor that causes it."""

from __future__ import annotations

from collections.abc import Sequence

from app.explain.digits import show
from app.explain.model import Lang
from app.explain.say import text
from app.nn.alarms import Alarm

MOST_NAMES = 4


def sentence(alarm: Alarm, lang: Lang) -> str:
    value = abs(alarm.value) if alarm.kind == "vanishing" else alarm.value
    return text(
        f"alarm.{alarm.kind}{variant(alarm)}",
        lang,
        names=listed(alarm.names, lang),
        factor=alarm.factor,
        value=show(value).text,
        percent=show(100.0 * alarm.measure, digits=3).text,
        ratio=show(alarm.measure, digits=3).text,
    )


def variant(alarm: Alarm) -> str:
    """A gradient may be large by itself, without the layers in between."""
    return ".large" if alarm.kind == "exploding" and not alarm.by_ratio else ""


def listed(names: Sequence[str], lang: Lang) -> str:
    """h1, h2, h3, h4 and 5 more"""
    if len(names) > MOST_NAMES:
        some = ", ".join(names[:MOST_NAMES])
        return text("alarm.more", lang, some=some, count=str(len(names) - MOST_NAMES))
    if len(names) == 1:
        return names[0]
    return text("list.and", lang, first=", ".join(names[:-1]), last=names[-1])
