"""Every kind of problem that an answer may be, for people and for the API's description.

`type` in a problem leads to its entry in /docs. A test holds this list against the errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app import errors
from app.errors import Fault


@dataclass(frozen=True, slots=True)
class Kind:
    """`detail`, `faults` and `nearest` are those of an example."""

    status: int
    code: str
    title: str
    meaning: str
    remedy: str
    detail: str
    faults: Sequence[Fault] | None = None
    nearest: int | None = None


def of(
    status: int,
    error: type[errors.SlowpropError],
    meaning: str,
    remedy: str,
    fault: tuple[str, str] | None = None,
    *,
    detail: str = "",
    nearest: int | None = None,
) -> Kind:
    """The kind of one of our errors; `fault` is a pointer and a detail."""
    faults = None if fault is None else [Fault(fault[0], error.code, fault[1])]
    said = detail if fault is None else fault[1]
    return Kind(status, error.code, error.title, meaning, remedy, said, faults, nearest)


def as_html() -> str:
    """A list to read, one entry per kind, each with the address that `type` names."""
    return "\n".join(
        f'<dt id="problem-{kind.code}"><code>{kind.code}</code> · {kind.status} · '
        f"{escape(kind.title)}</dt>\n"
        f"<dd>{escape(kind.meaning)} <em>{escape(kind.remedy)}</em></dd>"
        for kind in KINDS
    )


KINDS = (
    Kind(
        400,
        "malformed-json",
        "Malformed JSON",
        "The body is not JSON as RFC 8259 has it.",
        "Look at the line and column that the detail names.",
        "This is not JSON: expected value at line 1 column 11.",
    ),
    Kind(
        403,
        "unknown-host",
        "Not addressed to this server",
        "The header Host names another server, so that a page of another site may have asked.",
        "Use localhost or 127.0.0.1, or put the name into SLOWPROP_ALLOWED_HOSTS.",
        "This server answers to localhost, 127.0.0.1 and the names in SLOWPROP_ALLOWED_HOSTS.",
    ),
    of(
        403,
        errors.OnlyForLooking,
        "The token that was sent lets its holder look at the network, not change it.",
        "Send the token of a link that edits.",
        detail="This link is only for looking; changing needs one that edits.",
    ),
    of(
        404,
        errors.NotFound,
        "There is no such network, training, name, example, step or address.",
        "The detail says what there is.",
        detail="Unknown name 'w9'. Known are names like net_o1, E_total, delta_o1, dE/dw1, w1+.",
    ),
    Kind(
        405,
        "method-not-allowed",
        "Method not allowed",
        "The address is right, the method is not.",
        "The header Allow lists those that work.",
        "This address does not answer that method; the header Allow lists those that work.",
    ),
    Kind(
        408,
        "slow-body",
        "The body came too slowly",
        "The whole body was not there in time.",
        "Send it again; over a slow line, in parts.",
        "The body was not there after 20 seconds; send it again, over a slow line in parts.",
    ),
    of(
        409,
        errors.StillUnderWay,
        "A request with the same Idempotency-Key has come before and is not answered yet.",
        "Ask again in a moment: the answer will be that of the first.",
        detail="The first request with this Idempotency-Key is still under way; "
        "ask again in a moment.",
    ),
    of(
        409,
        errors.NoData,
        "The network has no examples to learn from.",
        "Give it data with PATCH, or send inputs and targets.",
        detail="This network has no data. Give it some with "
        'PATCH {"data": {"inputs": [[…]], "targets": [[…]]}}, or send inputs and targets.',
    ),
    of(
        409,
        errors.TrainingRuns,
        "A training owns the network until it ends.",
        "Wait for it, or cancel it with DELETE.",
        detail="Training 5f0c31d3a2b94e61 owns this network. "
        "Wait until it has ended, or cancel it with DELETE.",
    ),
    of(
        409,
        errors.StepNotKept,
        "The step was reached, but its parameters were not kept.",
        "Use the step that `nearest` names.",
        detail="The parameters of step 12345 were dropped, because more was recorded of this "
        "network than is kept; the nearest step that can be used is 12000.",
        nearest=12_000,
    ),
    of(
        409,
        errors.NotReproducible,
        "Replaying the recorded steps gave other numbers than the recorded ones.",
        "Use the step that `nearest` names.",
        detail="Repeating the updates after step 12000 gave other numbers than were kept "
        "(another processor or library). Step 12000 can be used exactly.",
        nearest=12_000,
    ),
    of(
        409,
        errors.Conflict,
        "What was asked for does not fit now.",
        "The detail says what stands in the way.",
        detail="This does not fit what the network is now.",
    ),
    of(
        412,
        errors.StaleRevision,
        "If-Match named a revision that is not the current one; nothing has changed.",
        "Read the network again and decide anew.",
        detail='If-Match does not name the current revision, which is "r7". '
        "Read the network again, then repeat the change.",
    ),
    Kind(
        413,
        "body-too-large",
        "The body is too large",
        "More bytes were sent than the limit allows.",
        "Send less at once, or raise SLOWPROP_MAX_BODY_BYTES.",
        "The body is over the limit of 2000000 bytes; send it in parts, or raise the limit.",
    ),
    Kind(
        415,
        "unsupported-media-type",
        "Unsupported media type",
        "The body is not announced as JSON.",
        "Send Content-Type: application/json.",
        "Send the body as Content-Type: application/json.",
    ),
    of(
        422,
        errors.BadInput,
        "It was understood, but cannot be used.",
        "Each of `errors` points at a fault and says what would work.",
        ("/loss", "Unknown loss 'half'. Known: half_squared_error, mean_squared_error."),
    ),
    of(
        422,
        errors.TooMuchWork,
        "It could be done, but not inside one request, or not within the limits.",
        "Ask for less, or start a training; the catalogue lists the limits.",
        (
            "/count",
            (
                "At most 10000 steps of this network fit into one request; "
                'POST {"steps": 50000} to its trainings instead.'
            ),
        ),
    ),
    of(
        429,
        errors.TooMany,
        "One client asks for more than its share; only where access is by links.",
        "Wait for as many seconds as Retry-After says.",
        detail="At most 100 requests a second; wait a moment.",
    ),
    Kind(
        431,
        "headers-too-large",
        "The headers are too large",
        "More bytes of headers were sent than the limit allows.",
        "Send fewer or shorter ones, or raise SLOWPROP_MAX_HEADER_BYTES.",
        "The headers are over the limit of SLOWPROP_MAX_HEADER_BYTES; send fewer or shorter ones.",
    ),
    Kind(
        500,
        "internal",
        "Something went wrong here",
        "A fault of the server, not of the request.",
        "Please report it, with what the server's log says.",
        "This is a fault of the server, not of the request. Its log says more.",
    ),
    of(
        503,
        errors.Unavailable,
        "The database did not answer in time; nothing has changed.",
        "Try again after the seconds that the header Retry-After names.",
        detail="The database does not answer: database is locked.",
    ),
    of(
        503,
        errors.OutcomeUnknown,
        "The database fell silent while it was told to keep a change; it may have kept it.",
        "Look first. With If-Match a change can be repeated without being made twice.",
        detail="The connection to the database was lost while the change was being kept, so that "
        "nobody knows whether it was. Look whether it is there before you repeat it.",
    ),
    of(
        503,
        errors.Crowded,
        "As many listen to event streams as this server takes.",
        "Try again in a moment, or read the network with If-None-Match.",
        detail="2000 listeners are connected, which is as many as this server takes. "
        "Try again in a moment, or read the network with If-None-Match.",
    ),
)
