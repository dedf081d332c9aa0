"""Every text that explains, as data: templates and terms, both languages side by side.

They are authored here once. Page, handout, exports and screen reader show what `say` makes of
them; the catalogue serves them as they are.
"""

from __future__ import annotations

from typing import TypedDict

from app.explain.model import Text
from app.explain.words import (
    alarms,
    checks,
    error,
    factors,
    forward,
    gradients,
    labels,
    memory,
    optimizers,
    paths,
    shell,
    summaries,
    update,
)
from app.explain.words.glossary import TERMS

TEMPLATES: dict[str, Text] = {
    **forward.TEMPLATES,
    **error.TEMPLATES,
    **factors.TEMPLATES,
    **gradients.TEMPLATES,
    **paths.TEMPLATES,
    **update.TEMPLATES,
    **optimizers.TEMPLATES,
    **memory.TEMPLATES,
    **summaries.TEMPLATES,
    **labels.TEMPLATES,
    **shell.TEMPLATES,
    **alarms.TEMPLATES,
    **checks.TEMPLATES,
}


class Bilingual(TypedDict):
    en: str
    ko: str


class TermCard(TypedDict):
    """A word and its meaning; `aloud` says how its sign is read."""

    id: str
    sign: str
    name: Bilingual
    meaning: Bilingual
    aloud: Bilingual


class CatalogWords(TypedDict):
    templates: dict[str, Bilingual]
    terms: list[TermCard]


def catalog_words() -> CatalogWords:
    """Templates and terms as plain data, for the catalogue."""
    return {
        "templates": {key: _both(text) for key, text in TEMPLATES.items()},
        "terms": [
            {
                "id": term.id,
                "sign": term.sign,
                "name": _both(term.name),
                "meaning": _both(term.meaning),
                "aloud": _both(term.aloud),
            }
            for term in TERMS
        ],
    }


def _both(text: Text) -> Bilingual:
    return {"en": text.en, "ko": text.ko}
