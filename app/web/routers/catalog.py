"""What there is to choose from. `async def`: made once, then answered from memory."""

from __future__ import annotations

from functools import lru_cache

from fastapi import APIRouter

from app.web.declared import API, problems
from app.web.deps import Here
from app.web.schemas.catalog import CatalogOut, catalog_out

router = APIRouter(prefix=API, tags=["catalog"])

known = lru_cache(maxsize=1)(catalog_out)


@router.get("/catalog", responses=problems())
async def catalog(here: Here) -> CatalogOut:
    """Activations, losses, optimizers, initializers, datasets, presets, limits; words, terms."""
    return known(here.limits)
