"""How a number is displayed."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.explain.digits import Shown, Style, rounds_to, show, show_change, show_places


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5932699921071872, "0.5933"),
        (0.39249999999999996, "0.3925"),
        (0.1, "0.1"),
        (-0.0380982, "−0.03810"),
        (1.105905967, "1.106"),
        (12345.678, "12346"),
        (100.0, "100"),
        (0.000001234567, "0.000001235"),
        (1.23456e-7, "1.235×10^−7"),
        (-1e300, "−1×10^300"),
        (0.0, "0"),
        (-0.0, "0"),
        (math.nan, "NaN"),
        (-math.inf, "−∞"),
    ],
)
def test_measured(value: float, text: str) -> None:
    assert show(value).text == text


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (0.4, Style.WEIGHT, "0.40"),
        (1.0, Style.WEIGHT, "1.00"),
        (0.35891647971788465, Style.WEIGHT, "0.3589"),
        (0.1, Style.DATUM, "0.10"),
        (1.0, Style.DATUM, "1"),
        (0.5, Style.MEASURED, "0.5"),
    ],
)
def test_given_numbers_are_shown_as_they_are(value: float, style: Style, text: str) -> None:
    assert show(value, style).text == text


def test_latex_has_an_ascii_minus_and_a_power() -> None:
    assert show(-1.23456e-7).latex == r"-1.235\times 10^{-7}"
    assert show(math.inf).latex == r"\infty"


def test_a_column_keeps_three_digits_of_its_small_numbers() -> None:
    assert show_places(0.02, 4).text == "0.0200"
    assert show_places(-0.00021928, 4).text == "−0.000219"
    assert show_places(0.0, 4).text == "0.0000"


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (0.4, 0.35891647971788465, "0.3589"),
        (0.15, 0.1497807161327628, "0.1498"),
        (0.15, 0.15 - 3e-8, "0.14999997"),
        (0.15, 0.15, "0.15"),
    ],
)
def test_a_change_is_always_visible(before: float, after: float, text: str) -> None:
    assert show_change(before, after).text == text


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-9, 9))
def test_any_two_floats_that_differ_are_shown_differently(before: float, ulps: int) -> None:
    after = before
    for _ in range(abs(ulps)):
        after = math.nextafter(after, math.copysign(math.inf, ulps))
    if before != after and math.isfinite(after):
        assert show_change(before, after).text != show(before, Style.WEIGHT, 17).text


@given(st.floats(-1e300, 1e300))
def test_what_is_shown_is_the_rounded_value(value: float) -> None:
    text = show(value).text.replace("−", "-").replace("×10^", "e")
    assert float(text) == pytest.approx(value, rel=5.1e-4, abs=0)


def test_a_tie_is_not_good_enough() -> None:
    shown = Shown(0.0004386, Decimal("0.0004386"))
    assert rounds_to(Decimal("0.00043856"), shown)
    assert not rounds_to(Decimal("0.00043855"), shown)
    assert not rounds_to(None, shown)
