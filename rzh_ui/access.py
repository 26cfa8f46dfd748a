"""Who may do what. Everybody reads; who signs in and has the editor's role enters data as well.

Signing in is Streamlit's own, by OpenID Connect (section `[auth]` of secrets.toml); roles are read from a claim of the
identity token (section `[roles]`). Where either section is missing there are no roles, no button to sign in and no editor.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from rzh_ui.html import text
from rzh_ui.i18n import Messages

SHORTEST_COOKIE_SECRET = 32
"""Characters of the secret that signs who somebody is; a shorter one could be found by trying."""

HOURS_AFTER_SIGN_IN = 8.0
"""A role is as old as the sign-in: Streamlit's cookie lasts thirty days, in which somebody may long have lost the role."""

SLOW_CLOCK_SECONDS = 300
"""How far the clock of the provider may be ahead."""

REQUIRED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")


@dataclass(frozen=True)
class Rules:
    """Which values of which claim are which role.

    Attributes:
        claim: where the claim stands in the token; more than one part where it lies inside another.
        editor: values that make an editor.
        reader: values that are needed to read at all; empty leaves reading to everybody.
        hours: how long a role holds after signing in.
    """

    claim: tuple[str, ...]
    editor: frozenset[str]
    reader: frozenset[str] = frozenset()
    hours: float = HOURS_AFTER_SIGN_IN


@dataclass(frozen=True)
class Person:
    """Somebody who signed in.

    Attributes:
        issuer, subject: who it is, for ever: the provider and its name for the person.
        name: as the provider calls the person; for reading, not for deciding.
        signed_in: seconds since 1970, as the token says.
        is_reader, is_editor: the roles.
    """

    issuer: str
    subject: str
    name: str
    signed_in: int
    is_reader: bool
    is_editor: bool


def _section(name: str) -> Mapping[str, Any]:
    return _own_section(name) if st.secrets is secrets_singleton else _section_of(st.secrets, name)


@cache
def _own_section(name: str) -> Mapping[str, Any]:
    """A section as it was when the server started: to look whether there is a file takes longer than all else here."""
    return _section_of(secrets_singleton, name)


def _section_of(secrets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    try:
        found = secrets.get(name)
    except FileNotFoundError:  # there is no secrets.toml, or none that can be read
        return {}
    return found if isinstance(found, Mapping) else {}


def rules() -> Rules | None:
    """The rules of this server; None where nobody can sign in or no claim is named."""
    provider, roles = _section("auth"), _section("roles")
    if not provider or not roles:
        return None
    claim, editor = _words(roles.get("claim")), frozenset(_words(roles.get("editor")))
    faults = [key for key in REQUIRED if not provider.get(key)]
    if len(str(provider.get("cookie_secret", ""))) < SHORTEST_COOKIE_SECRET:
        faults.append(f"cookie_secret (at least {SHORTEST_COOKIE_SECRET} characters)")
    if not claim or not editor:
        faults.append("roles: claim and editor")
    hours = roles.get("hours", HOURS_AFTER_SIGN_IN)
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 24 * 30:
        faults.append("roles: hours (a number above 0)")
    if faults:
        _complain(", ".join(faults))
        return None
    return Rules(tuple(claim), editor, frozenset(_words(roles.get("reader"))), float(hours))


def reading_is_closed() -> bool:
    """Whether reading was meant to need a role, also where the rest of the settings is wrong: then nobody reads."""
    return bool(_words(_section("roles").get("reader")))


def _words(value: Any) -> list[str]:
    words = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return [word for word in words if isinstance(word, str) and word]


@cache
def _complain(faults: str) -> None:
    logging.getLogger(__name__).warning("Nobody can sign in: secrets.toml lacks or has wrong: %s", faults)


def person_of(claims: Mapping[str, Any], known: Rules | None, now: float) -> Person | None:
    """The person that the claims of a checked token speak of; None where nobody signed in.

    Roles need the claim as a text or a list of texts and a time of signing in that is neither too old nor to come.
    """
    if known is None or claims.get("is_logged_in") is not True:
        return None
    signed_in = claims.get("iat")
    is_timed = isinstance(signed_in, int | float) and not isinstance(signed_in, bool) and math.isfinite(signed_in)
    is_fresh = is_timed and -SLOW_CLOCK_SECONDS <= now - float(signed_in or 0) <= known.hours * 3600
    issuer, subject = claims.get("iss"), claims.get("sub")
    is_named = isinstance(issuer, str) and isinstance(subject, str) and bool(issuer) and bool(subject)
    held = frozenset(_held(claims, known.claim)) if is_fresh and is_named else frozenset()
    name = next((said for key in ("name", "email", "preferred_username", "sub") if (said := claims.get(key))), "")
    is_editor = bool(held & known.editor)
    return Person(
        issuer=str(issuer or ""),
        subject=str(subject or ""),
        name=str(name),
        signed_in=int(signed_in or 0) if is_timed else 0,
        is_reader=is_editor or not known.reader or bool(held & known.reader),
        is_editor=is_editor,
    )


def _held(claims: Mapping[str, Any], path: Iterable[str]) -> list[str]:
    found: Any = claims
    for part in path:
        found = found.get(part) if isinstance(found, Mapping) else None
    return _words(found)


def person() -> Person | None:
    """Who is signed in on this visit."""
    known = rules()
    return person_of(st.user.to_dict(), known, time.time()) if known else None


def is_editor() -> bool:
    """Whether this visitor may enter data, asked anew each time."""
    found = person()
    return found is not None and found.is_editor


def may_read() -> bool:
    """Whether this visitor may see the figures: everybody, unless this server lets only readers in."""
    if not reading_is_closed():
        return True
    found = person()
    return found is not None and found.is_reader


def closed(t: Messages) -> None:
    """What stands in the place of a page for whoever may not read it."""
    st.title(t("access.closed_title"), anchor=False)
    st.html(text("p", t("access.closed_no_role" if person() else "access.closed"), class_="rz-lead"))


def sign(t: Messages) -> None:
    """The button to sign in or out; nothing where nobody can sign in."""
    if rules() is None:
        return
    found = person()
    with st.container(key="access", horizontal=True, vertical_alignment="center", gap="medium"):
        if found is None:
            if st.button(t("access.sign_in"), key="sign_in"):
                st.login()
            return
        role = "editor" if found.is_editor else "reader"
        st.html(text("p", t(f"access.signed_in_{role}", name=found.name), class_="rz-note"), width="content")
        if st.button(t("access.sign_out"), key="sign_out"):
            st.logout()
