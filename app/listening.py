"""Taking the port, and one clear line for whatever stands in the way."""

from __future__ import annotations

import errno
import socket

from app.errors import WrongSetting

WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — only what to call them


def listen(host: str, port: int) -> socket.socket:
    """Raises WrongSetting when the port is taken or the host is not this machine."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[
            0
        ]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(2048)
    except (socket.gaierror, UnicodeError):
        raise WrongSetting(f"HOST {host} is no name or address of this machine.") from None
    except OSError as error:
        raise WrongSetting(cannot_listen(host, port, error)) from None
    return listening


def cannot_listen(host: str, port: int, error: OSError) -> str:
    if error.errno != errno.EADDRINUSE:
        return f"Cannot listen on {host}, port {port}: {error.strerror}. Set HOST= and PORT=."
    taken = address(host, port)
    if is_slowprop(taken):
        return f"Slowprop is already running at {taken}. Use it, or choose another port: PORT=8001."
    return f"Port {port} is taken by another program. Choose another one: PORT=8001."


def is_slowprop(url: str) -> bool:
    import httpx

    try:
        answer = httpx.get(f"{url}/healthz", timeout=2)
        return answer.is_success and answer.json().get("service") == "slowprop"
    except (httpx.HTTPError, ValueError, AttributeError):
        return False


def address(host: str, port: int) -> str:
    name = WILDCARDS.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
