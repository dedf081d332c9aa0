"""Long runs, computed by the worker process; here they are only asked for and looked at.

Looking is `async def`, one row by its key; what writes is `def`, because a durable commit waits.
"""

from __future__ import annotations

from fastapi import APIRouter, Response

from app.services import trainings
from app.services.records import Training
from app.web.declared import API, located, problems
from app.web.deps import Here, NetworkId, TrainingId
from app.web.once import Once
from app.web.request import StrictRoute
from app.web.schemas.trainings import TrainingIn, TrainingList, TrainingOut, training_out

router = APIRouter(prefix=API, tags=["trainings"], route_class=StrictRoute)


@router.post(
    "/networks/{id}/trainings",
    status_code=202,
    responses=located(202) | problems(404, 409, body=True),
)
def begin_training(
    network_id: NetworkId, asked: TrainingIn, here: Here, response: Response, once: Once
) -> TrainingOut:
    """Train for many steps in the background. Every step is recorded."""

    def told(made: Training) -> TrainingOut:
        response.headers["Location"] = f"/api/v1/networks/{network_id}/trainings/{made.id}"
        return training_out(made)

    keep = once.keeping(told)
    made = trainings.begin(here.library, here.trainer, network_id, asked.plan, here.limits, keep)
    return told(made)


@router.get("/networks/{id}/trainings", responses=problems(404))
async def list_trainings(network_id: NetworkId, here: Here) -> TrainingList:
    """All trainings of a network, newest first."""
    found = trainings.of_network(here.store, here.trainings, network_id)
    return TrainingList(trainings=[training_out(training) for training in found])


@router.get("/networks/{id}/trainings/{training_id}", responses=problems(404))
async def read_training(network_id: NetworkId, training_id: TrainingId, here: Here) -> TrainingOut:
    """How far it is."""
    return training_out(here.trainings.training(network_id, training_id))


@router.delete("/networks/{id}/trainings/{training_id}", status_code=202, responses=problems(404))
def cancel_training(network_id: NetworkId, training_id: TrainingId, here: Here) -> TrainingOut:
    """Stop it after its current chunk; what it has recorded stays, and so does the training.

    One that nobody computes yet has ended when this is answered.
    """
    found = trainings.cancel(here.store, here.trainings, here.trainer, network_id, training_id)
    return training_out(found)
