"""Whether the service answers. `async def`: one cheap question to the database."""

from __future__ import annotations

from fastapi import APIRouter

from app import __version__
from app.nn import kernel
from app.web.declared import problems
from app.web.deps import Here
from app.web.schemas.health import Health

router = APIRouter(tags=["service"])


@router.get("/healthz", responses=problems())
async def health(here: Here) -> Health:
    """Answers 503 while the database does not."""
    here.store.check()
    return Health(version=__version__, kernel="compiled" if kernel.loaded() else "uncompiled")
