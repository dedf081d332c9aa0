"""A displayed line of a formula, worked out as a person with a calculator would."""

from __future__ import annotations

import math
import re


def hand(latex: str) -> float:
    """What a person gets who types a displayed line of numbers into a calculator."""
    text = re.sub(r"\\htmlData\{[^{}]*\}", "", latex).replace("\\tfrac", "\\frac")
    while "\\frac" in text:
        text = without_fraction(text)
    for sign, python in SIGNS.items():
        text = text.replace(sign, python)
    return float(eval(text, {"__builtins__": {}}, {"e": math.e, "tanh": math.tanh}))  # noqa: S307


SIGNS = {
    "\\times": "*",
    "\\cdot": "*",
    "\\left": "",
    "\\right": "",
    "\\tanh": "tanh",
    "{": "(",
    "}": ")",
    "^": "**",
}


def without_fraction(text: str) -> str:
    """The last fraction as a division; a factor that follows without a sign is multiplied."""
    start = text.rindex("\\frac")
    above, middle = group(text, start + len("\\frac"))
    below, end = group(text, middle)
    rest = text[end:].lstrip()
    sign = "*" if rest.startswith(("{", "\\left", "(")) else ""
    return f"{text[:start]}(({above})/({below})){sign}{rest}"


def group(text: str, start: int) -> tuple[str, int]:
    """The content of the braces that open at `start`, and where they end."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth == 0:
            return text[start + 1 : at], at + 1
    raise ValueError(f"unbalanced braces in {text}")
