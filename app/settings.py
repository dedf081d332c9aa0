"""Every setting of the service in one frozen object, built once at start and passed in.

Nothing reads the environment anywhere else, and nothing reads it at import. A variable that
is misspelt or holds nonsense stops the start with one sentence.
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from app.errors import WrongSetting, unknown

PREFIX = "SLOWPROP_"
LIMIT = "MAX_"
FILE = "_FILE"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
APP_NAME = "slowprop"
MOST_WORKERS = 256
HISTORY_BYTES = 1024 * 1024 * 1024

Proxies: TypeAlias = tuple[IPv4Network | IPv6Network, ...]
Access: TypeAlias = Literal["open", "links"]
Log: TypeAlias = Literal["warnings", "plain", "json"]
ORIGIN = re.compile(r"https?://[a-z0-9*]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request, one network and one training may ask for. All are in the catalog."""

    layers: int = 32
    width: int = 1024
    parameters: int = 1_000_000
    body_bytes: int = 2_000_000
    steps_per_request: int = 1_000
    steps_per_request_small: int = 10_000
    small_network_work: int = 10_000
    """Parameters x examples of a batch up to which a network counts as small."""
    request_work: int = 5_000_000_000
    """Parameters x examples x steps that one request may compute."""
    steps_per_training: int = 10_000_000
    evaluations_per_training: int = 1_000
    trials_per_sweep: int = 256
    sweep_numbers: int = 32_000_000
    """Parameters and data that all trials of a sweep start with."""
    sweep_history_bytes: int = 4 * 1024 * 1024 * 1024
    """Recorded steps of all trials of a sweep."""
    history_bytes: int = HISTORY_BYTES
    """Recorded steps kept of one network. Beyond that parameters are dropped, never losses, which
    may take up half of it."""
    traced_numbers: int = 8_000_000
    """Numbers in one binary answer of `traces`."""
    listeners: int = 2_000
    """Open event streams of one server process."""
    requests_per_second: int = 100
    """With access by links: by one link from one address."""
    requests_at_once: int = 50
    """The same, not counting event streams."""
    networks_per_day: int = 500
    """With access by links: made from one address."""
    unused_days: int = 180
    """With access by links: a network that nobody opens for so long is deleted."""
    body_seconds: int = 20
    """How long a body may take to arrive."""
    header_bytes: int = 16_384


def spare_cores() -> int:
    """All but one, which is for requests."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, (allowed or 1) - 1)


@dataclass(frozen=True, slots=True)
class Settings:
    database_url: str
    kernel_cache: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_seconds: int = 10
    """How long the database may take before who waits for it is told that it does not answer."""
    allowed_hosts: frozenset[str] = frozenset()
    """Host names, besides this machine's own, that requests may be addressed to."""
    access: Access = "open"
    """Whether everybody may see and change everything, or whoever has a link to it."""
    open_to_network: bool = False
    trusted_proxies: Proxies = ()
    """Whose X-Forwarded-For is believed."""
    embed: frozenset[str] = frozenset()
    """Origins whose pages may show this one in a frame."""
    log: Log = "warnings"
    workers: int = field(default_factory=spare_cores)
    """Processes that compute trainings; 0 leaves them to `slowprop worker`."""
    dask_scheduler: str | None = None
    """The address of a Dask scheduler, whose workers compute instead."""
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.host not in LOOPBACK:
            check_resolves(self.host)
        if self.host not in LOOPBACK and self.access == "open" and not self.open_to_network:
            raise WrongSetting(
                f"Refusing to listen on {self.host}: anybody who can reach it could change every "
                f"network. Set {PREFIX}ACCESS=links, so that only who has the link to a network "
                f"sees it; or listen on 127.0.0.1; or set {PREFIX}OPEN_TO_NETWORK=1 to accept that "
                f"(and {PREFIX}ALLOWED_HOSTS=name,name to the names it is reached by)."
            )

    @classmethod
    def read(cls, environ: Mapping[str, str], **given: str | int | None) -> Settings:
        """From the environment; what is `given` (command-line options) wins.

        HOST and PORT work with and without the prefix. Raises WrongSetting.
        """
        merged = {name: environ[name] for name in ("HOST", "PORT") if environ.get(name)}
        merged |= {k.removeprefix(PREFIX): v for k, v in environ.items() if k.startswith(PREFIX)}
        merged |= {name.upper(): str(v) for name, v in given.items() if v is not None}
        merged = from_files(merged)
        check_names(merged)
        values = read_values(merged)
        values.setdefault("database_url", default_database_url())
        values.setdefault("kernel_cache", default_kernel_cache())
        return cls(**values, limits=read_limits(merged))


def check_resolves(host: str) -> None:
    try:
        socket.getaddrinfo(host, None)
    except (socket.gaierror, UnicodeError):  # UnicodeError for what can be no name at all
        raise WrongSetting(
            f"HOST {host[:80]} is no name or address that can be found; 127.0.0.1 works."
        ) from None


def from_files(merged: Mapping[str, str]) -> dict[str, str]:
    """Secrets come into a container as files: X_FILE names one that holds X, and wins over it."""
    named = {f"{setting}{FILE}": setting for setting in READERS}
    held = {named[n]: held_by(n, path) for n, path in merged.items() if n in named}
    return {n: value for n, value in merged.items() if n not in named} | held


def held_by(name: str, path: str) -> str:
    try:
        return Path(path).read_text().strip()
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise WrongSetting(
            f"The file {path[:200]} of {PREFIX}{name} cannot be read: {reason}."
        ) from None


def check_names(merged: Mapping[str, str]) -> None:
    known = [*READERS, *(f"{LIMIT}{f.name.upper()}" for f in fields(Limits))]
    for name in merged:
        if name not in known:
            raise WrongSetting(unknown("setting", PREFIX + name, (PREFIX + k for k in known)))


def read_values(merged: Mapping[str, str]) -> dict[str, Any]:
    return {n.lower(): READERS[n](n, given) for n, given in merged.items() if n in READERS}


def read_limits(merged: Mapping[str, str]) -> Limits:
    given = {n: positive(n, value) for n, value in merged.items() if n.startswith(LIMIT)}
    return Limits(**{n.removeprefix(LIMIT).lower(): value for n, value in given.items()})


def text(name: str, given: str) -> str:
    if not given.strip():
        raise WrongSetting(f"{PREFIX}{name} is empty; leave it out or give it a value.")
    return given


def directory(name: str, given: str) -> Path:
    return Path(text(name, given)).expanduser()


def positive(name: str, given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) < 1:
        raise WrongSetting(f"{PREFIX}{name} must be a whole number above 0, not '{given[:80]}'.")
    return int(given)


def port(name: str, given: str) -> int:
    """0 asks the system for a free port."""
    if not given.isascii() or not given.isdigit() or int(given) > 65535:
        raise WrongSetting(f"{name} must be a whole number from 0 to 65535, not '{given[:80]}'.")
    return int(given)


def count(name: str, given: str) -> int:
    if not given.isascii() or not given.isdigit() or int(given) > MOST_WORKERS:
        raise WrongSetting(
            f"{PREFIX}{name} must be a whole number from 0 to {MOST_WORKERS}, not '{given[:80]}'."
        )
    return int(given)


def scheduler(name: str, given: str) -> str:
    if not re.fullmatch(r"(tcp|tls)://[^\s/:]+:\d+", given):
        raise WrongSetting(
            f"{PREFIX}{name} must be an address such as tcp://localhost:8786, not '{given[:80]}'."
        )
    return given


def yes_or_no(name: str, given: str) -> bool:
    if given not in {"0", "1"}:
        raise WrongSetting(f"{PREFIX}{name} must be 0 or 1, not '{given[:80]}'.")
    return given == "1"


def proxies(name: str, given: str) -> Proxies:
    try:
        return tuple(ip_network(part) for part in names(name, given))
    except ValueError as error:
        raise WrongSetting(
            f"{PREFIX}{name} must be networks such as 10.0.0.0/8,fd00::/8: {error}."
        ) from None


def one_of(*known: str) -> Callable[[str, str], str]:
    def read(name: str, given: str) -> str:
        if given not in known:
            raise WrongSetting(unknown(f"{PREFIX}{name}", given, known))
        return given

    return read


def origins(name: str, given: str) -> frozenset[str]:
    found = names(name, given)
    if not all(map(ORIGIN.fullmatch, found)):
        raise WrongSetting(
            f"{PREFIX}{name} must be origins such as https://lms.example.edu, with commas between."
        )
    return found


def names(_: str, given: str) -> frozenset[str]:
    return frozenset(part.strip().lower() for part in given.split(",") if part.strip())


READERS: Mapping[str, Callable[[str, str], object]] = {
    "DATABASE_URL": text,
    "DATABASE_SECONDS": positive,
    "KERNEL_CACHE": directory,
    "HOST": text,
    "PORT": port,
    "ALLOWED_HOSTS": names,
    "ACCESS": one_of(*get_args(Access)),
    "TRUSTED_PROXIES": proxies,
    "EMBED": origins,
    "LOG": one_of(*get_args(Log)),
    "OPEN_TO_NETWORK": yes_or_no,
    "WORKERS": count,
    "DASK_SCHEDULER": scheduler,
}


def default_database_url() -> str:
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path(APP_NAME) / 'slowprop.db'}"


def default_kernel_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path(APP_NAME) / "kernels"
