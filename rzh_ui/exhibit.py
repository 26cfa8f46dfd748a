"""A figure apart from the screen: what a picture, a slide, a page of a report and a step of a presentation draw.

A page says once what a figure shows; every way of taking it away draws the same exhibit, so that none can say another number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import altair as alt

Kind = Literal[
    "bars",
    "stacked_bars",
    "shares",
    "columns",
    "stacked_columns",
    "lines",
    "points",
    "map",
    "maps",
    "panels",
    "strips",
    "table",
]
"""bars lie and columns stand; `shares` are stacked bars of 100 %, their unknown part left open; `lines` and `points` take
`across` as their horizontal axis where it is given; a `map` has one series with a value for each region.

Four kinds hold several drawings; `Exhibit.singles` gives them one by one in the kinds above. `maps` are several maps on
one scale, a series each. `panels` are bars over the same categories, a panel with its own unit for each series; `strips`
are scales with their own units, one a series, on which each category is a dot. A `table` is categories × series, its cells
shaded where a series has `breaks`.
"""


@dataclass(frozen=True)
class Series:
    """One series of an exhibit.

    Attributes:
        name: what the legend calls it, in the page's language.
        values: one a category, in the exhibit's unit; None where the documents print nothing.
        colour: as `#rrggbb`, the colour that this thing has everywhere (`rzh_ui.theme`).
        across: horizontal positions of points and of lines over a numeric axis; empty where categories are the axis.
        is_scenario: whether the values are supposed, not printed; drawn hatched and named so.
        remarks: a few words beside each value (its share of the start, the question it answers); empty where there are none.
            On a map, on strips and in a table they are the value itself in words, with its unit and how firm it is.
        period, vintage: period and boundaries of one of several `maps`.
        unit, unit_size, decimals: those of one of several `panels` or `strips`, or of a table's column; empty, 0 and None
            where they are the exhibit's.
        is_logarithmic: whether the scale of a strip is.
        breaks: inner limits of the classes that shade a table's column.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str
    across: tuple[float, ...] = ()
    is_scenario: bool = False
    remarks: tuple[str, ...] = ()
    period: str = ""
    vintage: str = ""
    unit: str = ""
    unit_size: float = 0.0
    decimals: int | None = None
    is_logarithmic: bool = False
    breaks: tuple[float, ...] = ()


@dataclass(frozen=True)
class Exhibit:
    """A figure with all that must stand beside it wherever it is taken.

    Attributes:
        title: what is to be seen, in one line.
        finding: what it shows, in one sentence; also the alternative text.
        unit: unit of measure of the values, in words («млрд теңге»); values are already in it.
        period: label of the period or periods; empty where the figure has none.
        categories: names on the category axis or of the points, in order.
        category_ids: ids of the same (region_id, period_id …), as long as `categories`; the regions of a map.
        observation_ids: the figures that all values rest on, for source line and provenance.
        formula: how the values are computed, in words; None where they are printed.
        note: remark that must not be lost (nine months, a contradiction); may be empty.
        file_name: name of a file made of it, without ending, in English, saying what is inside.
        decimals: decimals of the values as shown.
        across_title: title of the horizontal axis of `points` and of `lines` over numbers.
        breaks: upper bounds of the map's classes but the last, in `unit`; empty for other kinds.
        vintage: boundaries that a map is drawn with: `16`, `17` or `20` regions (`geo/`).
        is_logarithmic: whether both axes of `points` are logarithmic.
        source: the source line: documents and lines in each half.
        place: whose figures these are: the country, or the names of the chosen regions; empty where categories say it.
        unit_size: how many of the data's units of measure one `unit` is: 1e9 where values are in billions of tenge.
        marked: category_ids that stand out (the region looked at, then those compared with it).
        is_in_circles: whether a map shows its values as areas of circles instead of classes.
        class_labels: limits of the map's classes in words, lowest first, one more than `breaks`.
        missing: why a category may have no value, in words.
        goal: value that bars and points are measured against (a target, the country), drawn as a line; None where there
            is none.
        has_diagonal: whether a dashed line marks where both axes are equal: equal shares, a claim and its recount.
        is_ranked: whether the values are ranks: 1 stands on top.
        total: what the sum of a stack is called, where the sum means something; empty where it does not.
        drawing: the page's own chart of it, where it has one; says nothing that the other fields do not.
    """

    kind: Kind
    title: str
    finding: str
    unit: str
    period: str
    categories: tuple[str, ...]
    category_ids: tuple[str, ...]
    series: tuple[Series, ...]
    observation_ids: tuple[str, ...]
    file_name: str
    formula: str | None = None
    note: str = ""
    decimals: int = 0
    across_title: str = ""
    breaks: tuple[float, ...] = ()
    vintage: str = ""
    is_logarithmic: bool = False
    source: str = ""
    place: str = ""
    unit_size: float = 1.0
    marked: tuple[str, ...] = ()
    is_in_circles: bool = False
    class_labels: tuple[str, ...] = ()
    missing: str = ""
    goal: float | None = None
    has_diagonal: bool = False
    is_ranked: bool = False
    total: str = ""
    drawing: Callable[[], alt.TopLevelMixin] | None = field(default=None, compare=False, repr=False)

    @property
    def is_scenario(self) -> bool:
        """Whether any of it is supposed rather than printed."""
        return any(series.is_scenario for series in self.series)

    @property
    def measure(self) -> str:
        """Unit, place and period in one line: what stands under the title."""
        return " · ".join(part for part in (self.unit, self.place, self.period) if part)

    @property
    def rows(self) -> Iterator[tuple[float | None, ...]]:
        """Values category by category, one a series."""
        return zip(*(series.values for series in self.series), strict=True)

    def open_share(self, row: Iterable[float | None]) -> float:
        """The part of a category's 100 percent that nothing is printed for; 0 where the kind is not `shares`."""
        return round(100 - sum(value for value in row if value is not None), 6) if self.kind == "shares" else 0.0

    @property
    def diagonal(self) -> tuple[float, float] | None:
        """Where the dashed line of equal axes begins and ends on both of them; None where there is none."""
        across = [place for series in self.series for place in series.across]
        values = [value for series in self.series for value in series.values if value is not None]
        if not self.has_diagonal or not across or not values:
            return None
        return max(min(across), min(values)), min(max(across), max(values))

    def singles(self) -> tuple[Exhibit, ...]:
        """An exhibit of several drawings as one exhibit each; any other as itself. Each map, panel and strip has a file
        name of its own.
        """
        if self.kind == "maps":
            return tuple(self._map(series) for series in self.series)
        if self.kind in ("panels", "strips"):
            return tuple(self._panel(series) for series in self.series)
        return (self,)

    def _map(self, series: Series) -> Exhibit:
        return replace(
            self,
            kind="map",
            title=f"{self.title} · {series.name}",
            period=series.period or series.name,
            series=(series,),
            vintage=series.vintage or self.vintage,
            file_name=f"{self.file_name}_{self.series.index(series) + 1}",
            drawing=None,
        )

    def _panel(self, series: Series) -> Exhibit:
        """One panel or strip as bars; what stands on a strip without a value is left out, and most stands on top."""
        order = list(range(len(self.categories)))
        if self.kind == "strips":
            known = [(value, index) for index, value in enumerate(series.values) if value is not None]
            order = [index for _, index in sorted(known, key=lambda one: (-one[0], one[1]))]
        return replace(
            self,
            kind="bars",
            title=f"{self.title} · {series.name}",
            unit=series.unit or self.unit,
            unit_size=series.unit_size or self.unit_size,
            period=series.period or self.period,
            decimals=self.decimals if series.decimals is None else series.decimals,
            categories=tuple(self.categories[index] for index in order),
            category_ids=tuple(self.category_ids[index] for index in order),
            series=(
                replace(
                    series,
                    values=tuple(series.values[index] for index in order),
                    remarks=tuple(series.remarks[index] for index in order) if series.remarks else (),
                ),
            ),
            file_name=f"{self.file_name}_{self.series.index(series) + 1}",
            drawing=None,
        )


class NothingToShow(LookupError):
    """The filters leave nothing of a figure, or it needs a choice (a region) that was not made."""
