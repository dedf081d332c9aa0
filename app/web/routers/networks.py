"""The life of a network.

Reading is `async def`: answered from the cache after one question to the database, it takes less
than a thread would. Whatever writes is `def`, because a durable commit waits for the disk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.services import creation, edits, forks, steps
from app.services.arrivals import Arrived, Terms, Tokens, arrive
from app.services.divergence import first_lost
from app.services.library import At, Library
from app.services.records import Network
from app.services.steps import Steps
from app.web.clients import Client
from app.web.declared import API, NOT_MODIFIED, located, problems, tagged
from app.web.deps import CurrentNetwork, Here, IfMatch, IfNoneMatch, NetworkId, Services, tag
from app.web.direct import DirectRoute
from app.web.once import Once
from app.web.paging import text_after, token
from app.web.schemas.networks import (
    CreatedOut,
    ForkIn,
    NetworkIn,
    NetworkList,
    NetworkOut,
    NetworkPatch,
    NetworkQuery,
    PageQuery,
    ResetIn,
    created_out,
    network_out,
    summary_out,
)
from app.web.schemas.steps import StepsIn, StepsOut, steps_out

router = APIRouter(prefix=API, tags=["networks"], route_class=DirectRoute)


@router.post("/networks", status_code=201, responses=located(201) | problems(409, body=True))
def create_network(
    asked: NetworkIn, here: Here, client: Client, response: Response, once: Once
) -> CreatedOut:
    """Create a network from a specification, or from a preset."""
    telling = Telling(here, here.terms(client), response)
    network, keep = creation.drafted(asked.draft(), here.limits), once.keeping(telling.again)
    return telling.first(arrive(here.library, network, telling.terms, keep))


@router.get("/networks", responses=problems())
def list_networks(here: Here, query: Annotated[PageQuery, Query()]) -> NetworkList:
    """Networks, newest first."""
    page = here.store.page(text_after(query.page_token), query.page_size)
    return NetworkList(
        networks=[summary_out(network) for network in page.networks],
        next_page_token=None if page.next is None else token(page.next),
    )


@router.get("/networks/{id}", responses=tagged() | NOT_MODIFIED | problems(404))
async def read_network(
    network: CurrentNetwork,
    here: Here,
    response: Response,
    query: Annotated[NetworkQuery, Query()],
    if_none_match: IfNoneMatch = None,
) -> NetworkOut:
    """A network as it is now, with a specification that creates an equal one."""
    tag(response, network, if_none_match)
    return shown(here, network, full=query.full)


@router.patch("/networks/{id}", responses=tagged() | problems(404, 409, 412, body=True))
def change_network(
    network_id: NetworkId, asked: NetworkPatch, here: Here, match: IfMatch, response: Response
) -> NetworkOut:
    """Change its name, optimizer, batch or data. All but the name are history entries."""
    network = edits.patch(here.library, network_id, asked.patch(), match, here.limits)
    tag(response, network)
    return shown(here, network)


@router.delete("/networks/{id}", status_code=204, responses=problems(404, 412))
def delete_network(network_id: NetworkId, here: Here, match: IfMatch) -> None:
    """Delete it with its whole history. A training that owns it ends."""
    edits.delete(here.library, network_id, match)


@router.post("/networks/{id}/steps", responses=tagged() | problems(404, 409, 412, body=True))
def take_steps(
    network_id: NetworkId,
    asked: StepsIn,
    here: Here,
    match: IfMatch,
    response: Response,
    once: Once,
) -> StepsOut:
    """Make updates. Each is recorded; the answer shows the last."""

    def told(library: Library, made: Steps) -> StepsOut:
        tag(response, made.network)
        return steps_out(made, first_lost(library, made.network))

    keep = once.keeping(told)
    made = steps.take(here.library, network_id, asked.count, match, here.limits, keep)
    return told(here.library, made)


@router.post("/networks/{id}/reset", responses=tagged() | problems(404, 409, 412, body=True))
def reset_network(
    network_id: NetworkId,
    asked: ResetIn,
    here: Here,
    match: IfMatch,
    response: Response,
    once: Once,
) -> NetworkOut:
    """Go back to an exact earlier state. What came after it stays readable by its seq."""

    def told(library: Library, network: Network) -> NetworkOut:
        tag(response, network)
        return shown(here, network, library)

    keep = once.keeping(told)
    network = edits.reset(here.library, network_id, asked.at, match, here.limits, keep)
    return told(here.library, network)


@router.post(
    "/networks/{id}/forks", status_code=201, responses=located(201) | problems(404, 409, body=True)
)
def fork_network(
    network_id: NetworkId,
    asked: ForkIn,
    here: Here,
    client: Client,
    response: Response,
    once: Once,
) -> CreatedOut:
    """A new network that starts at an exact moment of this one, with a copy of what led there.

    Steps keep their numbers. It may be forked while a training runs, and deleted afterwards. Who
    may look at a network may copy it: the copy is his own, with links of its own.
    """
    telling = Telling(here, here.terms(client), response)
    arrived = forks.fork(
        here.library, network_id, asked.at, asked.name, telling.terms, once.keeping(telling.again)
    )
    return telling.first(arrived)


@dataclass(frozen=True, slots=True)
class Telling:
    """Of a new network: its tokens with the first answer, and never again."""

    here: Services
    terms: Terms
    response: Response

    def first(self, arrived: Arrived) -> CreatedOut:
        if self.terms.linked:
            self.response.headers["Cache-Control"] = "no-store"
        return self._told(self.here.library, arrived.network, arrived.tokens)

    def again(self, library: Library, network: Network) -> CreatedOut:
        return self._told(library, network, None)

    def _told(self, library: Library, network: Network, tokens: Tokens) -> CreatedOut:
        self.response.headers["Location"] = f"/api/v1/networks/{network.id}"
        tag(self.response, network)
        return created_out(shown(self.here, network, library), tokens, linked=self.terms.linked)


def shown(
    here: Services, network: Network, library: Library | None = None, *, full: bool = False
) -> NetworkOut:
    library = library or here.library
    start = library.entry(network, At(step=0)).theta
    lost = first_lost(library, network)
    return network_out(network, start, lost, full=full, expires_at=here.deadline)
