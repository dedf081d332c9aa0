"""Words and formulas for the numbers of a step.

`async def`: trace and calculations come from the cache; cards of a large batch go to a thread.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.explain.derivations import derive
from app.services import explaining, values
from app.services.records import Network
from app.web.declared import API, problems
from app.web.deps import CurrentNetwork, Here, Services, computed
from app.web.names import names_in
from app.web.paging import place_after, token
from app.web.schemas.derivations import DerivationOut, derivation_out
from app.web.schemas.explanations import (
    CalculationOut,
    CountsOut,
    ExplanationsOut,
    ExplanationsQuery,
    card_out,
)
from app.web.schemas.passes import ValueQuery

router = APIRouter(prefix=API, tags=["explanations"])


@router.get(
    "/networks/{id}/explanations",
    responses=problems(404, 409),
    response_model_exclude_unset=True,
)
async def explanations(
    network: CurrentNetwork, here: Here, query: Annotated[ExplanationsQuery, Query()]
) -> ExplanationsOut:
    """Without names the calculations of a step, in reading order; with names a card for each."""
    answer = listed if query.names is None else explained
    return await computed(network, partial(answer, here, network, query))


@router.get("/networks/{id}/derivations/{parameter}", responses=problems(404, 409))
async def derivation(
    network: CurrentNetwork,
    here: Here,
    parameter: Annotated[str, Path(max_length=200, description="A name or an address.")],
    query: Annotated[ValueQuery, Query()],
) -> DerivationOut:
    """The chain rule for one parameter: its factors, every path, the update."""
    work = partial(derived, here, network, parameter, query)
    return await computed(network, work)


def derived(here: Services, network: Network, parameter: str, query: ValueQuery) -> DerivationOut:
    spec = here.library.entry(network, query.at).setting.spec
    trace = here.library.trace(network, query.at)
    values.check_example(trace, query.example)
    found = derive(spec, trace, parameter, query.example)
    return derivation_out(trace.before.step, found)


def listed(here: Services, network: Network, query: ExplanationsQuery) -> ExplanationsOut:
    entry = here.library.entry(network, query.at)
    stops = explaining.stops(entry.setting, query.example)
    low, high = (0, len(stops)) if query.phase is None else stops.span(query.phase)
    start = max(low, place_after(query.page_token)) if query.page_token else low + query.first
    stop = min(start + query.page_size, high)
    return ExplanationsOut(
        step=entry.step,
        example=query.example,
        calculations=[CalculationOut.model_validate(found) for found in stops[start:stop]],
        counts=CountsOut(**stops.counts()),
        next_page_token=token(stop) if stop < high else None,
    )


def explained(here: Services, network: Network, query: ExplanationsQuery) -> ExplanationsOut:
    names = names_in(query.names or "")
    step, cards = explaining.cards(
        here.library, network, query.at, names, query.example, query.lang
    )
    return ExplanationsOut(
        step=step, example=query.example, cards=[card_out(card) for card in cards]
    )
