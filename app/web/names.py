"""Names as they arrive in an address."""

from __future__ import annotations


def names_in(text: str) -> list[str]:
    """Names between commas."""
    return [plus_at_end(name) for name in text.split(",")]


def plus_at_end(name: str) -> str:
    """A `+` that was not encoded arrives as a space."""
    return name[:-1] + "+" if name.endswith(" ") else name
