"""What data would become, before a network is made of it. `def`: it computes."""

from __future__ import annotations

from fastapi import APIRouter

from app.web.declared import API, problems
from app.web.request import StrictRoute
from app.web.schemas.data import PreviewIn
from app.web.schemas.data_out import PreviewOut, preview_out

router = APIRouter(prefix=API, tags=["data"], route_class=StrictRoute)


@router.post("/data-previews", responses=problems(body=True))
def preview_data(asked: PreviewIn) -> PreviewOut:
    """Columns, classes, sizes and first rows of data; its faults. Nothing is kept."""
    return preview_out(asked.data.data())
