"""Parameters, one by one. `async def` to read (cached), `def` to write (a durable commit waits)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.services import edits
from app.web.declared import API, NOT_MODIFIED, problems, tagged
from app.web.deps import CurrentNetwork, Here, IfMatch, IfNoneMatch, NetworkId, tag
from app.web.paging import place_after
from app.web.request import StrictRoute
from app.web.schemas.parameters import (
    ParameterList,
    ParameterPageQuery,
    ParametersPatch,
    parameter_list,
)

router = APIRouter(prefix=API, tags=["parameters"], route_class=StrictRoute)


@router.get("/networks/{id}/parameters", responses=tagged() | NOT_MODIFIED | problems(404))
async def read_parameters(
    network: CurrentNetwork,
    query: Annotated[ParameterPageQuery, Query()],
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> ParameterList:
    """Every weight and bias as it is now, with its name and address."""
    tag(response, network, if_none_match)
    return parameter_list(network, place_after(query.page_token), query.page_size)


@router.patch("/networks/{id}/parameters", responses=tagged() | problems(404, 409, 412, body=True))
def set_parameters(
    network_id: NetworkId, asked: ParametersPatch, here: Here, match: IfMatch, response: Response
) -> ParameterList:
    """Set some parameters, by name or address. This is a history entry; the step stays."""
    network = edits.set_parameters(here.library, network_id, asked.values, match, here.limits)
    tag(response, network)
    return parameter_list(network, 0, ParameterPageQuery().page_size)
