"""Who computes: processes of this machine, Dask's workers, or another program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from app.errors import WrongSetting
from app.jobs.dispatcher import Dispatcher
from app.jobs.elsewhere import Elsewhere
from app.jobs.pool import Pool, ProcessPool, Trade
from app.services.ports import Trainings
from app.settings import Settings


def trainer_of(settings: Settings, trainings: Trainings, trade: Trade) -> Dispatcher | Elsewhere:
    """That of a server. Raises WrongSetting."""
    if settings.workers == 0:
        return Elsewhere(trade)
    return Dispatcher(trainings, pool_maker(settings, trade))


def pool_maker(settings: Settings, trade: Trade) -> Callable[[], Pool]:
    """Raises WrongSetting when Dask is wanted but not installed."""
    if settings.dask_scheduler is None:
        return partial(ProcessPool.start, trade, settings.workers)
    if find_spec("distributed") is None:
        raise WrongSetting(
            "SLOWPROP_DASK_SCHEDULER needs the package distributed, which is not installed; "
            "pip install 'slowprop[dask]' brings it."
        )
    from app.jobs.dask_pool import DaskPool

    return partial(DaskPool.connect, trade, settings.dask_scheduler)
