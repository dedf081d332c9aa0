"""Many trainings over a grid. `def` throughout: whatever is asked reads or writes many rows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.services import sweeps
from app.services.records import Sweep
from app.services.tally import Tally, tally
from app.web.declared import API, located, problems
from app.web.deps import Here, Services, SweepId
from app.web.paging import place_after, text_after, token
from app.web.request import StrictRoute
from app.web.schemas.sweeps import (
    SweepIn,
    SweepList,
    SweepOut,
    SweepQuery,
    TrialList,
    TrialQuery,
    sweep_out,
    trial_out,
)

router = APIRouter(prefix=API, tags=["sweeps"], route_class=StrictRoute)


@router.post("/sweeps", status_code=202, responses=located(202) | problems(409, body=True))
def begin_sweep(asked: SweepIn, here: Here, response: Response) -> SweepOut:
    """Train one network for every combination of a grid. Each trial is a network of its own."""
    made = sweeps.begin(here.sweeps, here.trainer, asked.wish(here.library), here.limits)
    response.headers["Location"] = f"{API}/sweeps/{made.id}"
    return sweep_out(tally_of(here, made))


@router.get("/sweeps", responses=problems())
def list_sweeps(here: Here, query: Annotated[SweepQuery, Query()]) -> SweepList:
    """Sweeps, newest first."""
    page = here.sweeps.page(text_after(query.page_token), query.page_size)
    return SweepList(
        sweeps=[sweep_out(tally_of(here, sweep)) for sweep in page.sweeps],
        next_page_token=None if page.next is None else token(page.next),
    )


@router.get("/sweeps/{id}", responses=problems(404))
def read_sweep(sweep_id: SweepId, here: Here) -> SweepOut:
    """How far it is, and the best trial so far."""
    return sweep_out(tally_of(here, here.sweeps.sweep(sweep_id)))


@router.get("/sweeps/{id}/trials", responses=problems(404))
def list_trials(sweep_id: SweepId, here: Here, query: Annotated[TrialQuery, Query()]) -> TrialList:
    """Its trials, by number."""
    here.sweeps.sweep(sweep_id)
    after = place_after(query.page_token)
    found = here.sweeps.trials(sweep_id, after, query.page_size + 1)
    page = found[: query.page_size]
    more = len(found) > len(page)
    return TrialList(
        trials=[trial_out(trial) for trial in page],
        next_page_token=token(page[-1].number) if more else None,
    )


@router.delete("/sweeps/{id}", status_code=202, responses=problems(404))
def cancel_sweep(sweep_id: SweepId, here: Here) -> SweepOut:
    """Stop all trials that have not ended; what they have recorded stays, and so does the sweep."""
    here.sweeps.cancel(sweep_id)
    here.trainer.wake()
    return sweep_out(tally_of(here, here.sweeps.sweep(sweep_id)))


def tally_of(here: Services, sweep: Sweep) -> Tally:
    return tally(sweep, here.sweeps.trials(sweep.id))
