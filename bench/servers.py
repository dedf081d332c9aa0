"""The servers compared over HTTP, each in a process: `python -m bench.servers KIND FOLDER`.

    bare       FastAPI with an endpoint that answers a constant, and one that traces as JSON
    slowprop   the service
    uncached   the service, keeping nothing in memory: every answer begins at the database

They run under the same uvicorn with the same settings; the port is their first line.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel

from app.listening import listen
from app.main import create_app
from app.nn import kernel
from app.nn.spec import flatten
from app.nn.state import start
from app.services import library
from app.settings import Settings
from bench.contestants.slowprop import spec_of
from bench.workloads import W1


class Constant(BaseModel):
    value: float


def bare() -> FastAPI:
    app = FastAPI()

    @app.get("/constant")
    async def constant() -> Constant:
        return Constant(value=0.2983711087600027)

    @app.get("/traced/{steps}")
    def traced(steps: int) -> Response:
        """What a page would be sent without raw arrays: every value as JSON text."""
        spec = spec_of(W1)
        begin = start(spec, flatten(spec, W1.weights, W1.biases))
        made = kernel.run(spec, begin, W1.inputs, W1.targets, steps, trace=True)
        return Response(json.dumps(made.values().tolist()), media_type="application/json")

    kernel.load()
    return app


def slowprop(folder: Path, kind: str) -> FastAPI:
    if kind == "uncached":
        library.CAPACITY_NUMBERS = 0
    url = f"sqlite:///{folder / kind}.db"
    return create_app(Settings.read({}, database_url=url))


def main() -> None:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app = bare() if kind == "bare" else slowprop(folder, kind)
    listening = listen("127.0.0.1", 0)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
