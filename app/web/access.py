"""Who may use which address where networks are seen by links: the one list, default deny.

An address that is not here answers 404 in that mode, and a test fails that holds this list
against every route there is. With `open` access nobody is asked for anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Need(Enum):
    NOTHING = "nothing"
    """Tells nothing of anybody's networks, changes none."""
    CREATE = "create"
    """Makes something new, and answers with its links."""
    VIEW = "view"
    """A token of the network in the address."""
    EDIT = "edit"
    """A token of the network in the address that edits."""
    OPEN = "open"
    """Shows everybody's, so it is there with `open` access only."""


NETWORK = "/api/v1/networks/{id}"

NEEDS: Mapping[str, Need] = {
    "GET /": Need.NOTHING,
    "GET /n/{id}": Need.NOTHING,  # an empty page: what it shows, its script asks for
    "GET /static": Need.NOTHING,
    "GET /docs": Need.NOTHING,
    "GET /docs/start.js": Need.NOTHING,
    "GET /openapi.json": Need.NOTHING,
    "GET /healthz": Need.NOTHING,
    "GET /readyz": Need.NOTHING,
    "GET /metrics": Need.NOTHING,  # counts, of nobody's in particular
    "GET /api/v1/catalog": Need.NOTHING,
    "POST /api/v1/data-previews": Need.NOTHING,
    "GET /api/v1/networks": Need.OPEN,
    "POST /api/v1/networks": Need.CREATE,
    f"GET {NETWORK}": Need.VIEW,
    f"PATCH {NETWORK}": Need.EDIT,
    f"DELETE {NETWORK}": Need.EDIT,
    f"GET {NETWORK}/links": Need.EDIT,  # a viewer has no business with who else looks
    f"POST {NETWORK}/links": Need.EDIT,
    f"DELETE {NETWORK}/links/{{link_id}}": Need.EDIT,
    f"GET {NETWORK}/parameters": Need.VIEW,
    f"PATCH {NETWORK}/parameters": Need.EDIT,
    f"POST {NETWORK}/forward": Need.VIEW,
    f"POST {NETWORK}/backward": Need.VIEW,
    f"POST {NETWORK}/gradient-checks": Need.VIEW,
    f"POST {NETWORK}/steps": Need.EDIT,
    f"POST {NETWORK}/reset": Need.EDIT,
    f"POST {NETWORK}/forks": Need.VIEW,  # the copy is its maker's own
    f"GET {NETWORK}/trace": Need.VIEW,
    f"GET {NETWORK}/traces": Need.VIEW,
    f"GET {NETWORK}/trace-columns": Need.VIEW,
    f"GET {NETWORK}/values": Need.VIEW,
    f"GET {NETWORK}/values/{{name:path}}": Need.VIEW,
    f"GET {NETWORK}/derivations/{{parameter}}": Need.VIEW,
    f"GET {NETWORK}/explanations": Need.VIEW,
    f"GET {NETWORK}/history": Need.VIEW,
    f"GET {NETWORK}/events": Need.VIEW,
    f"PUT {NETWORK}/cursor": Need.EDIT,
    f"GET {NETWORK}/alarms": Need.VIEW,
    f"GET {NETWORK}/boundary": Need.VIEW,
    # Sweeps have no links yet: their trials are networks that nobody could open.
    "GET /api/v1/sweeps": Need.OPEN,
    "POST /api/v1/sweeps": Need.OPEN,
    "GET /api/v1/sweeps/{id}": Need.OPEN,
    "DELETE /api/v1/sweeps/{id}": Need.OPEN,
    "GET /api/v1/sweeps/{id}/trials": Need.OPEN,
    f"POST {NETWORK}/trainings": Need.EDIT,
    f"GET {NETWORK}/trainings": Need.VIEW,
    f"GET {NETWORK}/trainings/{{training_id}}": Need.VIEW,
    f"DELETE {NETWORK}/trainings/{{training_id}}": Need.EDIT,
}


LASTING = frozenset({f"{NETWORK}/events"})
"""Answers that go on for hours: a class behind one address has many of them at once."""


def need_of(method: str, path: str) -> Need | None:
    """None for what is not listed. HEAD is GET without the body."""
    return NEEDS.get(f"{'GET' if method == 'HEAD' else method} {path}")
