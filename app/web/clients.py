"""Whose request it is, as far as an address tells.

What a proxy says of whom it asks for is believed only of the proxies that are named: anybody else
could write whatever he likes into that header.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import Headers
from starlette.types import Scope

from app.settings import Proxies

FORWARDED = "x-forwarded-for"
ONE_HOUSEHOLD = 64
"""The bits of an IPv6 address that a provider gives to one customer."""


def client_of(scope: Scope) -> str:
    """The address; of IPv6 the network that one customer has. Empty when there is none to know."""
    peer = scope.get("client")
    proxies: Proxies = scope["app"].state.services.proxies
    return "" if peer is None else named(nearest_stranger(scope, str(peer[0]), proxies))


def nearest_stranger(scope: Scope, peer: str, proxies: Proxies) -> str:
    """From here outwards, the first that is no proxy of ours."""
    if not proxies or not trusted(peer, proxies):
        return peer
    told = ",".join(Headers(scope=scope).getlist(FORWARDED)).split(",")
    for address in (part.strip() for part in reversed(told)):
        if not is_address(address):
            break
        peer = address
        if not trusted(peer, proxies):
            break
    return peer


def trusted(address: str, proxies: Proxies) -> bool:
    return is_address(address) and any(ip_address(address) in network for network in proxies)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=10_000)
def named(address: str) -> str:
    if not is_address(address):
        return address[:64]
    known = ip_address(address)
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ip_network((known, ONE_HOUSEHOLD), strict=False))


async def client_of_request(request: Request) -> str:
    return client_of(request.scope)


Client = Annotated[str, Depends(client_of_request)]
