"""What one cell of a table says: a number with a decimal point or comma, or a label."""

from __future__ import annotations

import math
import re

NUMBER = re.compile(r"[+-]?(?:\d+([.,]\d*)?|([.,])\d+)(?:[eE][+-]?\d+)?", re.ASCII)
SHOWN = 40
LONGEST_NAME = 200


def order(label: str, decimal: str) -> tuple[bool, float, str]:
    """Numbers first, by value, then text."""
    value = number(label, decimal)
    return value is None, value or 0.0, label


def number(cell: str, decimal: str) -> float | None:
    """The value of a cell with this decimal mark; None when it is no number."""
    text = plain(cell)
    found = NUMBER.fullmatch(text)
    if found is None:
        return None
    mark = found[1] or found[2]
    if mark is None:
        return float(text)
    return float(text.replace(",", ".")) if mark[0] == decimal else None


def mark_of(cell: str) -> str | None:
    """The decimal mark in a number; None without one."""
    found = NUMBER.fullmatch(plain(cell))
    mark = found and (found[1] or found[2])
    return mark[0] if mark else None


def plain(cell: str) -> str:
    """With an ordinary minus: texts for people have the true one."""
    return cell.replace("\u2212", "-")


def tidy(cell: str) -> str:
    """Without space around it, line breaks or control characters."""
    if not cell.isprintable():
        cell = "".join(c if c.isprintable() else " " for c in cell)
    return cell.strip()


def shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def is_number(cell: str) -> bool:
    """With either decimal mark."""
    return NUMBER.fullmatch(plain(cell)) is not None


def number_problem(cell: str, value: float | None, decimal: str) -> str | None:
    """Why a cell with this value is no finite number, or None."""
    if value is None:
        return not_a_number(cell, decimal)
    return None if math.isfinite(value) else f"'{shown(cell)}' is above 1.8e308."


def label_problem(cell: str) -> str | None:
    """Why a cell is no label, or None."""
    if not cell:
        return "the cell is empty."
    if len(cell) > LONGEST_NAME:
        return f"over {LONGEST_NAME} characters; shorten the label."
    return None


def not_a_number(cell: str, decimal: str) -> str:
    if not cell:
        return "the cell is empty."
    if NUMBER.fullmatch(plain(cell)):
        return f"'{shown(cell)}' is not a number; the decimal mark is '{decimal}' here."
    return f"'{shown(cell)}' is not a number."
