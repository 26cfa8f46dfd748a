"""How the audience finds the presentation on its own phones: addresses, and their QR codes."""

from __future__ import annotations

from functools import cache
from ipaddress import ip_address
from urllib.parse import urlencode, urlsplit

from rzh_ui.story import Story

PAGE = "present"


def is_reachable(address: str) -> bool:
    """Whether another machine can open `address`; a computer's address to itself it cannot."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return bool(host)


def audience_address(story: Story, own: str) -> str:
    """Where the audience opens the presentation, without parameters; "" where that is not known.

    Args:
        own: the address in the presenter's browser.
    """
    if story.public_address:
        return f"{story.public_address}/{PAGE}"
    address = own.partition("?")[0].partition("#")[0].rstrip("/")
    address = address if address.endswith(f"/{PAGE}") else f"{address}/{PAGE}"
    return address if is_reachable(address) else ""


def step_address(address: str, position: int, language: str) -> str:
    """The address of one step, counted from 1."""
    return f"{address}?{urlencode({'lang': language, 'slide': position})}"


@cache
def code(address: str) -> str:
    """A QR code as SVG, with the quiet margin that readers need."""
    import segno

    return str(
        segno.make(address, error="m", micro=False).svg_inline(border=4, dark="black", light="white", omitsize=True)
    )
