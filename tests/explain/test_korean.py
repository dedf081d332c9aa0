"""Particles after names follow the last sound."""

from __future__ import annotations

import pytest

from app.explain.korean import PARTICLES, with_particle


@pytest.mark.parametrize(
    ("word", "topic"),
    [
        ("w1", "w1은"), ("w2", "w2는"), ("w3", "w3은"), ("w4", "w4는"), ("w5", "w5는"),
        ("w6", "w6은"), ("w7", "w7은"), ("w8", "w8은"), ("w9", "w9는"), ("w10", "w10은"),
        ("out_h2_3", "out_h2_3은"), ("총오차", "총오차는"), ("가중합", "가중합은"),
        ("E_total", "E_total은"), ("w5+", "w5+는"), ("dE/dw5[1]", "dE/dw5[1]은"),
    ],
)  # fmt: skip
def test_topic(word: str, topic: str) -> None:
    assert with_particle(word, "은") == topic


@pytest.mark.parametrize(
    ("word", "toward"), [("h1", "h1로"), ("o3", "o3으로"), ("o2", "o2로"), ("h8", "h8로")]
)
def test_toward_keeps_ro_after_rieul(word: str, toward: str) -> None:
    assert with_particle(word, "으로") == toward


def test_all_pairs() -> None:
    assert [with_particle("w5", particle) for particle in PARTICLES] == [
        "w5는", "w5가", "w5를", "w5와", "w5로",
    ]  # fmt: skip
    assert [with_particle("w6", particle) for particle in PARTICLES] == [
        "w6은", "w6이", "w6을", "w6과", "w6으로",
    ]  # fmt: skip
