"""Looking a network over: gradients measured, alarms, what it answers everywhere.

Gradient checks and boundaries are `def`: hundreds of forward passes belong in a thread. Alarms
are `async def`: the trace that they are read from is nearly always in the cache.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.nn.alarms import alarms
from app.services import boundary, gradient_checks
from app.services.records import Network
from app.web.binary import Accept, raw
from app.web.declared import API, BINARY, binary, problems
from app.web.deps import CurrentNetwork, Here, Services, computed
from app.web.request import StrictRoute
from app.web.schemas.alarms import AlarmsOut, AlarmsQuery, alarms_out
from app.web.schemas.boundary import BoundaryOut, BoundaryQuery, boundary_out
from app.web.schemas.gradient_checks import (
    GradientCheckIn,
    GradientCheckOut,
    gradient_check_out,
)

router = APIRouter(prefix=API, tags=["checks"], route_class=StrictRoute)


@router.post("/networks/{id}/gradient-checks", responses=problems(404, 409, body=True))
def check_gradients(
    asked: GradientCheckIn, network: CurrentNetwork, here: Here
) -> GradientCheckOut:
    """Backpropagation against central differences over a range of h. Nothing changes."""
    moment = here.library.moment(network, asked.at)
    return gradient_check_out(gradient_checks.check(moment, asked.wish(), here.limits))


@router.get("/networks/{id}/alarms", responses=problems(404, 409))
async def read_alarms(
    network: CurrentNetwork, here: Here, query: Annotated[AlarmsQuery, Query()]
) -> AlarmsOut:
    """Saturated, dead, vanishing, exploding, twins, not finite: only what a step triggers."""
    return await computed(network, partial(alarming, here, network, query))


@router.get(
    "/networks/{id}/boundary",
    response_model=BoundaryOut,
    responses=binary("Outputs; or, when accepted, raw: (points, outputs or neurons)")
    | problems(404, 409),
)
def read_boundary(
    network: CurrentNetwork,
    here: Here,
    query: Annotated[BoundaryQuery, Query()],
    accept: Accept = "application/json",
) -> BoundaryOut | Response:
    """The outputs over a grid, for networks with one or two inputs."""
    entry = here.library.entry(network, query.at)
    found = boundary.surface(entry, query.grid, here.limits)
    if BINARY in accept:
        return raw(found.neurons if query.neurons else found.outputs)
    return boundary_out(found, neurons=query.neurons)


def alarming(here: Services, network: Network, query: AlarmsQuery) -> AlarmsOut:
    spec = here.library.entry(network, query.at).setting.spec
    trace = here.library.trace(network, query.at)
    return alarms_out(trace.before.step, alarms(spec, trace), query.lang)
