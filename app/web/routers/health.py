"""Whether the service answers, whether it can work, and how it does.

`async def` for what asks the database nothing or one cheap question; counting is `def`.
"""

from __future__ import annotations

from fastapi import APIRouter, Response

from app import __version__
from app.nn import kernel
from app.web.declared import METRICS, problems
from app.web.deps import Here
from app.web.metrics import MEDIA_TYPE
from app.web.schemas.health import Health, Ready

router = APIRouter(tags=["service"])


@router.get("/healthz", responses=problems())
async def health() -> Health:
    """Answers as long as the process does, whatever the database is doing."""
    return Health(version=__version__, kernel="compiled" if kernel.loaded() else "uncompiled")


@router.get("/readyz", responses=problems())
async def ready(here: Here) -> Ready:
    """Whether requests can be served: 503 while the database does not answer."""
    here.store.check()
    return Ready()


@router.get("/metrics", response_class=Response, responses=METRICS | problems())
def metrics(here: Here) -> Response:
    """For Prometheus. What is counted names no network."""
    return Response(here.metrics.text(), media_type=MEDIA_TYPE)
