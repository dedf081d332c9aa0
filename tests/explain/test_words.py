"""The texts as data: both languages, the same slots, nothing unused, terms as agreed."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from app.explain import words
from app.explain.korean import PARTICLES
from app.explain.say import say
from app.explain.words import TEMPLATES, catalog_words
from app.explain.words.glossary import TERMS, Entry

SOURCES = Path(words.__file__).parents[1].glob("*.py")

# Slots that one language needs and the other does not: what Korean says by a particle or a word.
ONE_SIDED = {"kind", "delta_name", "delta", "need", "count", "neuron", "out_name", "error", "other"}
AVOIDED = (
    "순입력값", "산출값", "아웃풋", "활성 함수", "액티베이션", "에러", "오차율", "로스", "타겟",
    "목표값", "오차 신호", "그래디언트", "변화도", "체인 룰", "사슬 법칙", "팩터", "웨이트",
    "연결 강도", "바이어스", "절편", "학습율", "학습 속도", "포워드", "정방향", "백워드", "걸음,",
    "이터레이션", "페이즈", "에폭", "뱃치", "히든", "숨은층", "표본", "간선", "노드", "신경 세포",
)  # fmt: skip


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEMPLATES)
def test_both_languages_take_the_same_slots(key: str) -> None:
    text = TEMPLATES[key]
    assert slots(text.en) ^ slots(text.ko) <= ONE_SIDED


@pytest.mark.parametrize("key", TEMPLATES)
def test_style(key: str) -> None:
    text = TEMPLATES[key]
    for written in (text.en, text.ko):
        assert "!" not in written
        assert "*" not in written
        assert not re.search(r"\S%", written), "a space before %"
        assert "  " not in written
    assert not any(word in text.ko for word in AVOIDED)
    particles = {particle for _, _, particle, _ in Formatter().parse(text.ko) if particle}
    assert particles <= set(PARTICLES)


def test_every_template_is_used() -> None:
    """Keys are put together from parts; at least the part before the first dot is in the code."""
    code = "".join(source.read_text() for source in SOURCES)
    shell = {key for key in TEMPLATES if key.startswith("shell.")}
    for key in TEMPLATES.keys() - shell:
        assert re.search(rf"[\"'{{]{re.escape(key.split('.')[0])}", code), key


def test_a_number_cannot_carry_a_particle() -> None:
    number = say("result.same", "en", error="error", after="0.5")[0]
    with pytest.raises(ValueError, match="particle"):
        say("dnet/dw.why.answer", "ko", weight=number, net_name="")


def test_the_partial_derivative_comes_first() -> None:
    assert TERMS[0].id == "partial_derivative"
    assert TERMS[0].sign == "∂"
    assert len({term.id for term in TERMS}) == len(TERMS) == 22


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.id)
def test_a_term_is_about_twenty_words(term: Entry) -> None:
    assert 10 <= len(term.meaning.en.split()) <= 28
    assert 20 <= len(term.meaning.ko) <= 90
    assert term.aloud.en
    assert term.aloud.ko
    assert not any(word in term.meaning.ko for word in AVOIDED)


def test_the_catalogue_gets_plain_data() -> None:
    plain = catalog_words()
    assert plain["templates"]["dE/dw.why.question"] == {"en": "Why multiply?", "ko": "왜 곱할까요?"}
    assert plain["terms"][0]["id"] == "partial_derivative"
    assert set(plain["terms"][0]) == {"id", "sign", "name", "meaning", "aloud"}
