"""Links: whoever has the token of one may look at a network, or change it.

A token is `id.secret`. The secret is 256 random bits, of which only a SHA-256 is kept: a slow hash
makes guessing dear where people choose passwords, and here there is nothing that could be guessed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.errors import Conflict, NotFound
from app.services.changes import now
from app.services.ports import Links
from app.services.records import Link, Role
from app.services.remembering import Remembered

SECRET_BYTES = 32
MOST = 100
NOBODY = bytes(hashlib.sha256().digest_size)


@dataclass(frozen=True, slots=True)
class Token:
    """A new link and, this once, the text that opens it."""

    link: Link
    text: str


def token_for(subject: str, role: Role) -> Token:
    link_id, secret = secrets.token_hex(8), secrets.token_urlsafe(SECRET_BYTES)
    link = Link(link_id, subject, role, digest(secret), now(), now().date())
    return Token(link, f"{link_id}.{secret}")


def pair_for(subject: str) -> tuple[Token, Token]:
    """What a new network begins with: a link for editing and one for looking."""
    return token_for(subject, "edit"), token_for(subject, "view")


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def link_of(links: Links, token: str) -> Link | None:
    """The link that a token opens. Every wrong secret takes the same time."""
    link_id, _, secret = token.partition(".")
    link = links.link(link_id)
    known = NOBODY if link is None else link.digest
    return link if hmac.compare_digest(known, digest(secret)) else None


def make(
    links: Links,
    subject: str,
    role: Role,
    remember: Callable[[Token], Remembered] | None = None,
) -> Token:
    """One more link. Raises Conflict when there are very many."""
    if len(links.of(subject)) >= MOST:
        raise Conflict(f"A network has at most {MOST} links; revoke one with DELETE first.")
    token = token_for(subject, role)
    links.add(token.link, remember and remember(token))
    return token


def revoke(links: Links, subject: str, link_id: str) -> None:
    """Nobody gets in with it any more. Raises NotFound, or Conflict for the last that edits."""
    if not links.revoke(subject, link_id):
        raise Conflict(
            "This is the last link that edits; without it nobody could change the network again. "
            'Make another one first, with POST {"role": "edit"}.'
        )


def unknown_link(link_id: str) -> NotFound:
    return NotFound(f"This network has no link '{link_id[:80]}'.")
