"""Every way in which a request can be wrong, as one family.

SlowpropError
├── BadInput             what was sent cannot be used; a list of faults, each with its place
│   └── TooMuchWork      it could be done, but not inside one request
├── NotFound             an unknown network, training, name or step
├── OnlyForLooking       the link that came with the request lets nobody change anything
├── Conflict             it fits, but not now
│   ├── StillUnderWay    the same request came before and is not answered yet
│   ├── TrainingRuns     a training owns the network until it ends or is cancelled
│   ├── NoData           the network has no examples to learn from
│   ├── StepNotKept      the step was reached, but its parameters were not kept
│   └── NotReproducible  replaying the recorded steps gave other numbers
├── StaleRevision        If-Match named a revision that is no longer the current one
├── TooMany              one client asks for more than its share
├── Unavailable          something we depend on (the database) does not answer
│   └── OutcomeUnknown   it fell silent just when it was told to keep a change
├── Crowded              as many as we can serve at once are being served
└── WrongSetting         the service cannot start as it was told to

Each error carries data and a remedy. None of them knows HTTP: the table from error to
status code is `app/web/problems.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

MOST_TOLD = 3
"""Faults that are spelled out in the one detail of a problem; all are listed beside it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent: where (a JSON pointer), which kind, and what to do."""

    pointer: str
    code: str
    detail: str


class SlowpropError(Exception):
    """The root. `detail` says what is wrong and what would have worked."""

    code = "error"
    title = "Something went wrong"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class BadInput(SlowpropError):
    code = "bad-input"
    title = "What was sent cannot be used"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.detail for fault in faults[:MOST_TOLD]))
        self.faults = tuple(faults)

    @classmethod
    def at(cls, pointer: str, code: str, detail: str) -> BadInput:
        """The common case: a single fault."""
        return cls([Fault(pointer, code, detail)])


class TooMuchWork(BadInput):
    code = "too-much-work"
    title = "Too much work for one request"


class NotFound(SlowpropError):
    code = "not-found"
    title = "Not found"


class OnlyForLooking(SlowpropError):
    code = "only-for-looking"
    title = "This link is only for looking"

    def __init__(self) -> None:
        super().__init__("This link is only for looking; changing needs one that edits.")


class Conflict(SlowpropError):
    code = "conflict"
    title = "Not possible now"


class StillUnderWay(Conflict):
    code = "still-under-way"
    title = "The same request is still under way"


class TrainingRuns(Conflict):
    code = "training-runs"
    title = "A training runs"


class NoData(Conflict):
    code = "no-data"
    title = "The network has no data"


class StepNotKept(Conflict):
    code = "step-not-kept"
    title = "This step was not kept"

    def __init__(self, detail: str, nearest: int) -> None:
        super().__init__(detail)
        self.nearest = nearest


class NotReproducible(Conflict):
    code = "not-reproducible"
    title = "The recorded steps cannot be reproduced here"

    def __init__(self, detail: str, nearest: int) -> None:
        super().__init__(detail)
        self.nearest = nearest


class StaleRevision(SlowpropError):
    code = "stale-revision"
    title = "The network has changed"


class TooMany(SlowpropError):
    code = "too-many-requests"
    title = "Too many requests"

    def __init__(self, detail: str, seconds: int) -> None:
        """After so many seconds it may work."""
        super().__init__(detail)
        self.retry_after = seconds


class Unavailable(SlowpropError):
    code = "unavailable"
    title = "The database does not answer"
    retry_after = 1
    """Seconds after which it may do so again."""


class OutcomeUnknown(Unavailable):
    code = "outcome-unknown"
    title = "Nobody knows whether the change was kept"


class Crowded(SlowpropError):
    code = "crowded"
    title = "Too many at once"
    retry_after = 1


class WrongSetting(SlowpropError):
    code = "wrong-setting"
    title = "A setting cannot be used"


def unknown_network(network_id: str) -> NotFound:
    """Also what somebody without a link is told, so that nobody learns what there is."""
    return NotFound(f"There is no network '{network_id[:80]}'.")


def unknown(kind: str, given: str, known: Iterable[str]) -> str:
    """The sentence for a wrong name: the culprit, a likely meaning, everything known."""
    names = list(known)
    near = get_close_matches(given, names, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return f"Unknown {kind} '{given[:80]}'.{hint} Known: {', '.join(names)}."
