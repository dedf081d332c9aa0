"""Links to a network. `def`: a durable commit waits for the disk, and a list is a query."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Response

from app.errors import Conflict
from app.services import links
from app.web.declared import API, problems
from app.web.deps import Here, LinkId, NetworkId, Services
from app.web.once import Once
from app.web.request import StrictRoute
from app.web.schemas.links import LinkIn, LinkList, NewLinkOut, link_list, new_link_out

router = APIRouter(prefix=API, tags=["links"], route_class=StrictRoute)


@router.post("/networks/{id}/links", status_code=201, responses=problems(404, 409, body=True))
def make_link(
    network_id: NetworkId, asked: LinkIn, here: Here, response: Response, once: Once
) -> NewLinkOut:
    """A new link for looking or editing. Its token is in this answer and nowhere else."""
    check_linked(here, network_id)
    response.headers["Cache-Control"] = "no-store"
    keep = once.keeping(partial(new_link_out, shown=False))
    return new_link_out(links.make(here.links, network_id, asked.role, keep))


@router.get("/networks/{id}/links", responses=problems(404))
def list_links(network_id: NetworkId, here: Here) -> LinkList:
    """All links of a network, oldest first, without their tokens."""
    here.store.revision(network_id)
    return link_list(here.links.of(network_id))


@router.delete("/networks/{id}/links/{link_id}", status_code=204, responses=problems(404, 409))
def revoke_link(network_id: NetworkId, link_id: LinkId, here: Here) -> None:
    """From now on it opens nothing. The last link that edits stays: 409."""
    here.store.revision(network_id)
    links.revoke(here.links, network_id, link_id)


def check_linked(here: Services, network_id: str) -> None:
    """Raises NotFound, or Conflict where everybody may do everything anyway."""
    here.store.revision(network_id)
    if here.access == "open":
        raise Conflict(
            "Here everybody may change every network, so there is nothing that a link could open. "
            "Start the server with SLOWPROP_ACCESS=links."
        )
