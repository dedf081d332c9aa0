"""uvicorn on a socket that is listening already."""

from __future__ import annotations

import socket
from collections.abc import Callable

import click
import uvicorn

from app import logs
from app.listening import address
from app.main import create_app
from app.settings import Settings

STOP_SECONDS = 2
ADDRESS_BYTES = 256 * 1024
"""The longest query there is, 20 000 letters, fits even when each becomes twelve bytes."""


class Server(uvicorn.Server):
    """Says where it is as soon as it answers, and hangs up before it waits for connections."""

    def __init__(self, config: uvicorn.Config, hang_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._hang_up = hang_up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if sockets and not self.should_exit:
            host, port = sockets[0].getsockname()[:2]
            click.echo(f"Slowprop is at {address(host, port)}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hang_up()
        await super().shutdown(sockets)


def run(settings: Settings, listening: socket.socket) -> None:
    """Until SIGINT or SIGTERM. Raises WrongSetting."""
    logs.set_up(settings.log)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_config=None,  # app/logs.py has set up everything
        access_log=False,
        server_header=False,
        proxy_headers=False,  # app/web/clients.py reads them, of the proxies that are named
        timeout_graceful_shutdown=STOP_SECONDS,
        h11_max_incomplete_event_size=ADDRESS_BYTES,
    )
    try:
        Server(config, app.state.services.bus.close).run(sockets=[listening])
    except KeyboardInterrupt:
        return  # uvicorn has stopped everything and passes the signal on
