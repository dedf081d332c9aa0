"""Page tokens: opaque to clients, so that what they hold may change."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from app.errors import BadInput


def token(place: int | str) -> str:
    return urlsafe_b64encode(str(place).encode()).decode().rstrip("=")


def text_after(given: str | None) -> str | None:
    """What a token says. Raises BadInput for one that no answer gave."""
    if given is None:
        return None
    try:
        place = urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode()
    except (binascii.Error, ValueError):
        raise unknown_token() from None
    if not place.isprintable():
        raise unknown_token()
    return place


def place_after(given: str | None) -> int:
    """The place that a token names; the beginning without one."""
    place = text_after(given)
    if place is None:
        return 0
    if not place.isascii() or not place.isdigit():
        raise unknown_token()
    return int(place)


def unknown_token() -> BadInput:
    detail = "This token was not given by an answer; leave it out to begin with the first page."
    return BadInput.at("/page_token", "unknown-token", detail)
