"""Visits a copy of the project that knows a new year, and prints as JSON what it shows. Run in the folder of the copy."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ui")]

from screen import charts, components, failures, opened, prepare_as_server, words  # noqa: E402
from streamlit.runtime.pages_manager import PagesManager  # noqa: E402
from streamlit.testing.v1 import AppTest  # noqa: E402

PagesManager.__init__ = prepare_as_server  # type: ignore[method-assign]

EXHIBITS = ("map_values", "by_period", "by_region", "heat")


def chosen(**values: object):
    """Choices without a visitor."""
    from rzh_ui.controls import Chosen

    plain = {"metric": "tugan_zher_sponsors", "per": "total", "principles": (), "regions": (), "region": None}
    return Chosen(**{**plain, "source": "tugan_zher_funding", "prices": "nominal", **values})


def exhibits(period: str) -> dict[str, dict[str, object]]:
    """Categories and values of figures apart from the screen, in whole units."""
    from rzh_ui import exhibits as known
    from rzh_ui.i18n import messages

    shown = {}
    for key in EXHIBITS:
        made = known.of(key, chosen(period=period), messages("ru"))
        shown[key] = {
            "categories": list(made.category_ids or made.categories),
            "series": [
                [None if value is None else round(value * made.unit_size) for value in one.values]
                for one in made.series
            ],
        }
    return shown


def slide(period: str) -> dict[str, object]:
    """Words and notes of a slide with the map of the period, and the values of its native chart by name."""
    import io
    from datetime import date

    from pptx import Presentation

    from rzh_ui import exhibits as known
    from rzh_ui import slides
    from rzh_ui.i18n import messages

    t = messages("ru")
    exhibit = known.of("map_values", chosen(period=period), t)
    (one,) = Presentation(io.BytesIO(slides.one(exhibit, t, date(2024, 1, 1)))).slides
    (plot,) = [shape.chart.plots[0] for shape in one.shapes if shape.has_chart]
    ids = dict(zip(exhibit.categories, exhibit.category_ids, strict=True))
    (series,) = plot.series
    return {
        "words": "\n".join(shape.text_frame.text for shape in one.shapes if shape.has_text_frame),
        "notes": one.notes_slide.notes_text_frame.text,
        "values": {
            ids[name]: round(value * exhibit.unit_size)
            for name, value in zip(plot.categories, series.values, strict=True)
        },
    }


def table(page: AppTest, name: str, value: str) -> dict[str, object]:
    """The one table of a page: the column `value` by the column `name`."""
    (found,) = page.dataframe
    return dict(zip(found.value[name], found.value[value], strict=True))


def stacked(page: AppTest) -> list[dict[str, object]]:
    """What the stacked bars of a page draw: period, source and amount in the chart's unit, one a part of a bar."""
    first = next(
        rows
        for chart in charts(page)
        for rows in chart["datasets"].values()
        if rows and {"period", "source", "amount"} <= set(rows[0])
    )
    return [{"period": row["period"].rstrip(" *"), "source": row["source"], "amount": row["amount"]} for row in first]


def visit(period: str) -> dict[str, object]:
    """What the pages show of the period."""
    overview = opened(lang="ru", period=period, metric="tugan_zher_sponsors")
    capita = opened(lang="ru", period=period, metric="tugan_zher_sponsors", per="capita")
    funding = opened("funding", lang="ru", period=period)
    region = opened("region", lang="ru", period=period, region="pavlodar")
    explore = opened("explore", lang="ru", f_period=period, f_indicator="tugan_zher_sponsors", f_origin="printed")
    large, *_ = components(overview, "region_map")
    return {
        "failures": [failures(app) for app in (overview, capita, funding, region, explore)],
        "map": {key: place.get("value") for key, place in large["regions"].items() if place["class"] is not None},
        "map_vintage": large["vintage"],
        "capita": {
            key: place.get("value")
            for key, place in components(capita, "region_map")[0]["regions"].items()
            if place["class"] is not None
        },
        "by_period": stacked(funding),
        "overview": words(overview),
        "funding": words(funding),
        "region": words(region),
        "exhibits": exhibits(period),
        "slide": slide(period),
        "explored": sorted(table(explore, "Регион", "Значение").values()),
    }


if __name__ == "__main__":
    json.dump(visit(sys.argv[1]), sys.stdout, ensure_ascii=False, default=str)
