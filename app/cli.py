"""The command `slowprop`. What is slow to import is imported where it is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from app import __version__
from app.errors import WrongSetting
from app.listening import address, is_slowprop, listen
from app.settings import Settings

P = ParamSpec("P")

WRONG = 2


@click.group()
@click.version_option(__version__, prog_name="slowprop")
def main() -> None:
    """Backpropagation in slow motion."""


def one_line(command: Callable[P, None]) -> Callable[P, None]:
    """A wrong setting is one sentence and exit status 2, never a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except WrongSetting as error:
            click.echo(f"slowprop: {error.detail}", err=True)
            sys.exit(WRONG)

    return run


@main.command()
@click.option("--host", help="Where to listen; default 127.0.0.1, or HOST.")
@click.option("--port", help="Default 8000, or PORT; 0 takes a free one.")
@one_line
def serve(host: str | None, port: str | None) -> None:
    """Serve the page and the API until stopped."""
    prepare_environment()
    settings = Settings.read(os.environ, host=host, port=port)
    listening = listen(settings.host, settings.port)
    from app import server

    server.run(settings, listening)


@main.command()
@one_line
def worker() -> None:
    """Compute trainings of the database until stopped, beside servers with SLOWPROP_WORKERS=0."""
    prepare_environment()
    settings = Settings.read(os.environ)
    from app import worker as computing

    computing.run(settings)


def prepare_environment() -> None:
    """For this process and those that it starts."""
    # One thread for matrix products, here and in the workers: on a busy machine more are slower,
    # and the same number gives the same bits. NumPy reads it when it is imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # What multiprocessing leaves behind when the server is killed is no news for the log.
    os.environ.setdefault("PYTHONWARNINGS", "ignore:resource_tracker")


@main.command()
@click.option("--host", help="Where the server listens; default 127.0.0.1, or HOST.")
@click.option("--port", help="Default 8000, or PORT.")
@one_line
def health(host: str | None, port: str | None) -> None:
    """Exit with 0 when a server answers, else with 1."""
    settings = Settings.read(os.environ, host=host, port=port)
    if not is_slowprop(address(settings.host, settings.port)):
        click.echo("slowprop: no answer", err=True)
        sys.exit(1)
    click.echo("ok")


@main.command()
@one_line
def warm() -> None:
    """Fill the kernel's cache, so that the first start is as fast as every other."""
    settings = Settings.read(os.environ)
    from app.nn import kernel

    kernel.load(settings.kernel_cache)
