"""Every figure of every page as an exhibit, by the key that it has on its page.

`of("by_region", choice, t)` gives what /funding draws under that key, from the same rows, for files, slides and steps.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rzh_ui.controls import Chosen
from rzh_ui.exhibit import Exhibit, NothingToShow
from rzh_ui.exhibits import accelerator, awareness, claims, maps, money, programme, regions
from rzh_ui.i18n import Messages
from rzh_ui.remember import remembering

Builder = Callable[[Chosen, Messages], Exhibit]

BUILDERS: dict[str, Builder] = {
    **maps.BUILDERS,
    **regions.BUILDERS,
    **programme.BUILDERS,
    **money.BUILDERS,
    **accelerator.BUILDERS,
    **awareness.BUILDERS,
    **claims.BUILDERS,
}
"""By figure key; the order is that of the pages."""


MOST_KEPT = 96
"""Exhibits kept: the files of one figure, and of one page, are made of the same."""


@remembering(MOST_KEPT)
def of(key: str, choice: Chosen, t: Messages) -> Exhibit:
    """The figure `key` as `choice` shows it, in the language of `t`.

    Raises:
        KeyError: no figure has this key.
        NothingToShow: the filters leave nothing of it, or it needs a region that was not chosen.
    """
    return BUILDERS[key](choice, t)


def maker(key: str, choice: Chosen, t: Messages) -> Callable[[], Exhibit]:
    """`of` for later: what a button makes its file of when it is clicked."""
    return partial(of, key, choice, t)


__all__ = ["BUILDERS", "Exhibit", "NothingToShow", "maker", "of"]
