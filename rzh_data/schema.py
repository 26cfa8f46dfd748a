"""What every table of the facts is: its rows, its key, its columns with units and allowed values.

Build, checks, data dictionary and download headers all read these objects; nothing is described twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ColumnType = Literal["VARCHAR", "INTEGER", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "DECIMAL(38,6)", "VARCHAR[]"]

LANGUAGES = ("kk", "ru", "en")
"""The languages of the product; Kazakh is the state language and the default."""

DOCUMENT_LANGUAGES = ("kk", "ru")
"""The languages of the documents: each has a Kazakh and a Russian half."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: as it stands in the header line.
        type: the DuckDB type that the text of a cell is converted to.
        meaning: one sentence for the data dictionary.
        required: an empty cell is an error.
        values: the only values allowed; empty means any.
        references: `table.column` that must hold every value of this column.
        list_separator: the cell holds several ids joined by this sign, each checked against `references`.
        unit: unit of measure, where the column is a quantity.
        low, high: inclusive limits of a number.
    """

    name: str
    type: ColumnType
    meaning: str
    required: bool = True
    values: tuple[str, ...] = ()
    references: str = ""
    list_separator: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One table of the facts.

    Attributes:
        name: file stem in `data/facts/`, or the folder whose CSV files together are the table.
        row: what one row is.
        key: the columns that make a row unique.
        columns: in the order of the header line.
        is_folder: the table is a folder of CSV files with the same header.
    """

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    is_folder: bool = False

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def translated(stem: str, meaning: str, *, required: bool = True) -> tuple[Column, ...]:
    """One text column for each language of the product: `stem_kk`, `stem_ru`, `stem_en`."""
    names = {"kk": "Kazakh", "ru": "Russian", "en": "English"}
    return tuple(
        Column(f"{stem}_{language}", "VARCHAR", f"{meaning}, in {names[language]}", required=required)
        for language in LANGUAGES
    )


QUALIFIERS = ("=", ">", ">=", "~", "<", "<=")
OBS_STATUSES = ("A", "E", "M", "P")
"""SDMX code list CL_OBS_STATUS, the part used here: A normal, E estimated, M missing, P provisional."""

CLAIM_TYPES = ("share", "sum", "difference", "ratio", "rank", "trend", "comparison", "contradiction")
"""What a document claims: a part of a whole, parts that add up, an excess or change, a multiple, a place among others,
a direction over time, larger or smaller, or two statements about one thing."""

LINE: dict[str, Any] = {"required": False, "low": 1}

PLACE = (
    Column("document_id", "VARCHAR", "key of `documents`", references="documents.document_id"),
    Column(
        "kk_line",
        "INTEGER",
        "line of the document's text file where the Kazakh half prints it; empty where that half does not",
        **LINE,
    ),
    Column(
        "ru_line",
        "INTEGER",
        "line of the document's text file where the Russian half prints it; empty where that half does not",
        **LINE,
    ),
)

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "one publication that figures are taken from",
        ("document_id",),
        (
            Column("document_id", "VARCHAR", "stable id"),
            Column("file_name", "VARCHAR", "name of the document's text file"),
            Column("sha256", "VARCHAR", "SHA-256 of the text file that lines are counted in"),
            *translated("title", "title"),
            *translated("short_title", "title short enough for a source line"),
            *translated("publisher", "publisher"),
            Column("year", "INTEGER", "year of publication", low=2017, high=2030),
            Column("languages", "VARCHAR", "languages of the document's halves, first half first"),
            Column("line_count", "INTEGER", "lines of the text file", unit="lines", low=1),
        ),
    ),
    Table(
        "sections",
        "one section of a half of a document, from its first line to the next section",
        ("document_id", "first_line"),
        (
            Column("document_id", "VARCHAR", "key of `documents`", references="documents.document_id"),
            Column("language", "VARCHAR", "language of the half the section belongs to", values=DOCUMENT_LANGUAGES),
            Column("first_line", "INTEGER", "first line of the section", low=1),
            *translated("label", "what the section is about"),
        ),
    ),
    Table(
        "regions",
        "one first-level region as of 2018-2022 (17), or the whole country",
        ("region_id",),
        (
            Column("region_id", "VARCHAR", "stable id; kazakhstan is the whole country"),
            Column(
                "kind",
                "VARCHAR",
                "country, oblast or city of republican significance",
                values=("country", "oblast", "city"),
            ),
            Column("iso_3166_2", "VARCHAR", "ISO 3166-2 code of 2018-2021", required=False),
            Column("kato", "VARCHAR", "code of the national classifier of territorial units", required=False),
            *translated("name", "official name"),
            *translated("short", "name for labels; tells a city from the oblast of the same name"),
            *translated("centre", "administrative centre", required=False),
            Column("centre_lon", "DOUBLE", "longitude of the centre", required=False, unit="degree", low=46, high=88),
            Column("centre_lat", "DOUBLE", "latitude of the centre", required=False, unit="degree", low=40, high=56),
            Column("area_km2", "DOUBLE", "published area", required=False, unit="km2", low=1),
            Column("area_source", "VARCHAR", "where the area is published", required=False),
        ),
    ),
    Table(
        "periods",
        "one span of time that a figure speaks of",
        ("period_id",),
        (
            Column("period_id", "VARCHAR", "stable id; 2019-9m is nine months"),
            Column("start", "DATE", "first day"),
            Column("end", "DATE", "last day"),
            Column("months", "INTEGER", "months in the period", unit="months", low=0),
            Column(
                "kind",
                "VARCHAR",
                "what sort of span it is",
                values=("year", "part_of_year", "span", "school_year", "point", "target"),
            ),
            Column(
                "population_year",
                "INTEGER",
                "year whose population of 1 January serves as the base per inhabitant",
                required=False,
            ),
            Column(
                "boundary_vintage_id",
                "VARCHAR",
                "boundaries the period is drawn with",
                required=False,
                references="boundary_vintages.boundary_vintage_id",
            ),
            *translated("label", "label"),
            *translated("short", "label for an axis"),
        ),
    ),
    Table(
        "directions",
        "one of the programme's three directions",
        ("direction_id",),
        (
            Column("direction_id", "VARCHAR", "stable id"),
            Column("sort_order", "INTEGER", "order on screen"),
            *translated("name", "official name"),
            *translated("note", "how the documents differ on the name", required=False),
        ),
    ),
    Table(
        "principles",
        "one of the programme's six principles",
        ("principle_id",),
        (
            Column("principle_id", "VARCHAR", "stable id"),
            Column("direction_id", "VARCHAR", "the direction it belongs to", references="directions.direction_id"),
            Column("sort_order", "INTEGER", "order on screen"),
            *translated("name", "official name"),
        ),
    ),
    Table(
        "principle_directions",
        "a principle belongs to a direction, as one place of a document says",
        ("principle_id", "direction_id"),
        (
            Column("principle_id", "VARCHAR", "key of `principles`", references="principles.principle_id"),
            Column("direction_id", "VARCHAR", "key of `directions`", references="directions.direction_id"),
            *PLACE,
        ),
    ),
    Table(
        "printed_names",
        "one wording under which a document names a direction, principle or project, with the first place that has it",
        ("subject_type", "subject_id", "variant"),
        (
            Column("subject_type", "VARCHAR", "what is named", values=("direction", "principle", "project")),
            Column("subject_id", "VARCHAR", "key of `directions`, `principles` or `projects`"),
            Column("variant", "INTEGER", "order on screen", low=1),
            Column("document_id", "VARCHAR", "key of `documents`", references="documents.document_id"),
            Column("kk_line", "INTEGER", "line of the name in the Kazakh half", **LINE),
            Column("kk_printed", "VARCHAR", "the name letter for letter in the Kazakh half", required=False),
            Column("ru_line", "INTEGER", "line of the name in the Russian half", **LINE),
            Column("ru_printed", "VARCHAR", "the name letter for letter in the Russian half", required=False),
            *translated("remark", "what else differs at this place", required=False),
        ),
    ),
    Table(
        "projects",
        "one special project of the programme",
        ("project_id",),
        (
            Column("project_id", "VARCHAR", "stable id"),
            Column(
                "kind",
                "VARCHAR",
                "special project, one of the four newer ones, or the programme as a whole",
                values=("special", "new", "programme"),
            ),
            Column("sort_order", "INTEGER", "order on screen"),
            *translated("name", "official name"),
            *translated("purpose", "what it is for, in own words", required=False),
        ),
    ),
    Table(
        "project_principles",
        "a special project serves a principle, as one place of a document says",
        ("project_id", "principle_id"),
        (
            Column("project_id", "VARCHAR", "key of `projects`", references="projects.project_id"),
            Column("principle_id", "VARCHAR", "key of `principles`", references="principles.principle_id"),
            *PLACE,
        ),
    ),
    Table(
        "administrators",
        "one body that answers for projects or is addressed by recommendations",
        ("administrator_id",),
        (
            Column("administrator_id", "VARCHAR", "stable id"),
            Column("kind", "VARCHAR", "what sort of body", values=("ministry", "body")),
            Column("sort_order", "INTEGER", "order on screen"),
            *translated("name", "official name"),
            *translated("short", "short name", required=False),
        ),
    ),
    Table(
        "project_administrators",
        "a body answers for a special project, as one place of a document says",
        ("project_id", "administrator_id"),
        (
            Column("project_id", "VARCHAR", "key of `projects`", references="projects.project_id"),
            Column(
                "administrator_id", "VARCHAR", "key of `administrators`", references="administrators.administrator_id"
            ),
            *PLACE,
        ),
    ),
    Table(
        "groups",
        "one group of people that a figure is broken down by",
        ("group_id",),
        (
            Column("group_id", "VARCHAR", "stable id"),
            Column("type", "VARCHAR", "what the groups of this kind have in common, such as age or ethnicity"),
            Column("sort_order", "INTEGER", "order on screen"),
            *translated("name", "name"),
        ),
    ),
    Table(
        "categories",
        "one answer, stage, channel, medium or other breakdown of a figure",
        ("category_id",),
        (
            Column("category_id", "VARCHAR", "stable id"),
            Column("type", "VARCHAR", "what the categories of this kind have in common, such as answer or stage"),
            Column("sort_order", "INTEGER", "order on screen"),
            *translated("name", "name"),
        ),
    ),
    Table(
        "indicators",
        "one quantity that is observed, or computed from observed ones",
        ("indicator_id",),
        (
            Column("indicator_id", "VARCHAR", "stable id"),
            Column("topic", "VARCHAR", "subject the indicator belongs to"),
            Column(
                "project_id",
                "VARCHAR",
                "special project it describes",
                required=False,
                references="projects.project_id",
            ),
            Column(
                "principle_id",
                "VARCHAR",
                "principle it describes where no project does",
                required=False,
                references="principles.principle_id",
            ),
            Column("unit", "VARCHAR", "unit of measure: ISO 4217 for money, else a plain word"),
            Column(
                "aggregation", "VARCHAR", "whether values of regions and periods may be added", values=("sum", "none")
            ),
            Column("decimals", "INTEGER", "decimals shown", low=0, high=6),
            Column(
                "derivation",
                "VARCHAR",
                "empty for observed; sum or ratio of `operands` for computed ones",
                required=False,
                values=("sum", "ratio"),
            ),
            Column(
                "operands",
                "VARCHAR",
                "indicators it is computed from, in order, separated by semicolons",
                required=False,
                references="indicators.indicator_id",
                list_separator=";",
            ),
            Column(
                "on_map",
                "INTEGER",
                "place in the map's indicator picker; empty where the map does not offer it",
                required=False,
                low=1,
            ),
            *translated("name", "name"),
            *translated("definition", "what is counted, in own words"),
        ),
    ),
    Table(
        "observations",
        "one figure as a document prints it",
        ("indicator_id", "region_id", "period_id", "group_id", "category_id", "variant"),
        (
            Column("indicator_id", "VARCHAR", "key of `indicators`", references="indicators.indicator_id"),
            Column("region_id", "VARCHAR", "key of `regions`", references="regions.region_id"),
            Column("period_id", "VARCHAR", "key of `periods`", references="periods.period_id"),
            Column(
                "group_id",
                "VARCHAR",
                "key of `groups`; empty for everybody",
                required=False,
                references="groups.group_id",
            ),
            Column(
                "category_id",
                "VARCHAR",
                "key of `categories`; empty for no breakdown",
                required=False,
                references="categories.category_id",
            ),
            Column(
                "variant",
                "VARCHAR",
                "tells figures apart that documents print differently for the same thing",
                required=False,
            ),
            Column(
                "value",
                "DECIMAL(38,6)",
                "the figure in the indicator's unit; empty only where obs_status is M",
                required=False,
            ),
            Column(
                "qualifier",
                "VARCHAR",
                "how firm the document is: equal, more than, at least, about, less than, at most",
                values=QUALIFIERS,
            ),
            Column("obs_status", "VARCHAR", "SDMX observation status", values=OBS_STATUSES),
            Column("preferred", "BOOLEAN", "true for the variant that pages show", values=("true", "false")),
            Column("document_id", "VARCHAR", "key of `documents`", references="documents.document_id"),
            Column("kk_line", "INTEGER", "line of the figure's token in the Kazakh half", **LINE),
            Column("kk_printed", "VARCHAR", "the token letter for letter in the Kazakh half", required=False),
            Column("ru_line", "INTEGER", "line of the figure's token in the Russian half", **LINE),
            Column("ru_printed", "VARCHAR", "the token letter for letter in the Russian half", required=False),
            Column(
                "note", "VARCHAR", "what a reader of the figure must know (English, for maintainers)", required=False
            ),
        ),
        is_folder=True,
    ),
    Table(
        "further_places",
        "one more place where a document prints a figure already entered",
        (
            "indicator_id",
            "region_id",
            "period_id",
            "group_id",
            "category_id",
            "variant",
            "document_id",
            "line",
            "printed",
        ),
        (
            Column("indicator_id", "VARCHAR", "key of `indicators`", references="indicators.indicator_id"),
            Column("region_id", "VARCHAR", "key of `regions`", references="regions.region_id"),
            Column("period_id", "VARCHAR", "key of `periods`", references="periods.period_id"),
            Column(
                "group_id",
                "VARCHAR",
                "key of `groups`; empty for everybody",
                required=False,
                references="groups.group_id",
            ),
            Column(
                "category_id",
                "VARCHAR",
                "key of `categories`; empty for no breakdown",
                required=False,
                references="categories.category_id",
            ),
            Column("variant", "VARCHAR", "variant of the observation", required=False),
            Column("document_id", "VARCHAR", "key of `documents`", references="documents.document_id"),
            Column("language", "VARCHAR", "language of the half", values=DOCUMENT_LANGUAGES),
            Column("line", "INTEGER", "line of the figure's token", low=1),
            Column("printed", "VARCHAR", "the token letter for letter"),
        ),
        is_folder=True,
    ),
    Table(
        "sums",
        "one member of a sum that the documents' figures must keep: its total or one of its parts",
        ("sum_id", "member"),
        (
            Column("sum_id", "VARCHAR", "stable id of the sum"),
            Column("member", "INTEGER", "0 is the total, 1 and up are the parts", low=0),
            Column(
                "relation",
                "VARCHAR",
                "on the total: the parts give it exactly, or may not exceed it",
                required=False,
                values=("equal", "at_most"),
            ),
            Column(
                "observation_id",
                "VARCHAR",
                "the figure: its key joined by colons; empty where the member is no observation",
                required=False,
            ),
            Column(
                "amount",
                "DECIMAL(38,6)",
                "the amount where no figure is printed: 100 percent, or things named one by one",
                required=False,
            ),
            Column("note", "VARCHAR", "why the sum must close (English, for maintainers)", required=False),
        ),
    ),
    Table(
        "not_figures",
        "one numeric token of a document that is no figure, with the reason",
        ("document_id", "line", "printed"),
        (
            Column("document_id", "VARCHAR", "key of `documents`", references="documents.document_id"),
            Column("language", "VARCHAR", "language of the half", values=DOCUMENT_LANGUAGES),
            Column("line", "INTEGER", "line of the token in the document's text file", low=1),
            Column("printed", "VARCHAR", "the token letter for letter, or a name that holds it, such as COVID-19"),
            Column("times", "INTEGER", "how often it stands on the line so", low=1),
            Column(
                "reason",
                "VARCHAR",
                "what the token is instead: date, act, list_number, name …; `other:` with some words where none of these",
            ),
        ),
    ),
    Table(
        "recommendations",
        "one finding or recommendation of a document for one addressee, in own words",
        ("recommendation_id",),
        (
            Column("recommendation_id", "VARCHAR", "stable id: principle, number, addressee"),
            Column(
                "principle_id",
                "VARCHAR",
                "principle whose package holds it; empty for the programme as a whole",
                required=False,
                references="principles.principle_id",
            ),
            Column(
                "addressee_type",
                "VARCHAR",
                "who is addressed",
                values=("ministry", "region", "project_office", "all_regions"),
            ),
            Column(
                "addressee_id",
                "VARCHAR",
                "key of `administrators` for a ministry or body, of `regions` for a region or the project office of one; "
                "project_office for all offices, all_regions for all regions",
            ),
            Column(
                "kind",
                "VARCHAR",
                "finding: what the document sees; recommendation: what it asks for",
                values=("recommendation", "finding"),
            ),
            *translated("text", "one sentence in own words"),
            *PLACE,
        ),
    ),
    Table(
        "accelerator_projects",
        "one social project of the accelerator that a document names",
        ("accelerator_project_id",),
        (
            Column("accelerator_project_id", "VARCHAR", "stable id"),
            Column("name", "VARCHAR", "name as the document prints it; both languages where they differ"),
            Column(
                "cluster_id",
                "VARCHAR",
                "cluster the document puts it in",
                required=False,
                references="categories.category_id",
            ),
            Column(
                "principle_ids",
                "VARCHAR",
                "principles whose packages name it, separated by semicolons",
                references="principles.principle_id",
                list_separator=";",
            ),
            *translated("purpose", "what it is for, in own words"),
            *PLACE,
        ),
    ),
    Table(
        "programme_items",
        "one thing a document says of how the programme works: a stage, method, task, training, tool or date",
        ("item_id",),
        (
            Column("item_id", "VARCHAR", "stable id"),
            Column(
                "type",
                "VARCHAR",
                "what sort of thing",
                values=(
                    "definition",
                    "foresight_stage",
                    "foresight_direction",
                    "foresight_direction_named",
                    "foresight_method",
                    "foresight_result",
                    "foresight_group",
                    "accelerator_stage",
                    "accelerator_entry_rule",
                    "accelerator_partner",
                    "accelerator_cluster",
                    "training",
                    "target_group_trait",
                    "target_group_method",
                    "target_group_note",
                    "outreach_technology",
                    "outreach_principle",
                    "outreach_tool",
                    "timeline",
                    "project_task",
                    "project_indicator",
                ),
            ),
            Column(
                "parent_id",
                "VARCHAR",
                "what it belongs to: another item, or a group, project, administrator, accelerator cluster, principle or "
                "direction",
                required=False,
            ),
            Column("sort_order", "INTEGER", "order on screen among its type and parent", low=1),
            Column(
                "time_period",
                "VARCHAR",
                "when, as far as the document says: a year, month, day or two of them with a slash between",
                required=False,
            ),
            Column(
                "principle_ids",
                "VARCHAR",
                "principles whose packages say it, separated by semicolons",
                required=False,
                references="principles.principle_id",
                list_separator=";",
            ),
            *translated("text", "what it is, in own words"),
            *PLACE,
        ),
    ),
    Table(
        "claims",
        "one statement of a document that can be recomputed from its own figures, or the reason why it cannot",
        ("claim_id",),
        (
            Column("claim_id", "VARCHAR", "stable id"),
            Column("claim_type", "VARCHAR", "what sort of statement", values=CLAIM_TYPES),
            *translated("statement", "what is claimed, in own words"),
            Column(
                "claimed",
                "DECIMAL(38,6)",
                "the claimed number; empty where a range or a place is claimed",
                required=False,
            ),
            Column("claimed_low", "DECIMAL(38,6)", "smallest value the claim allows; empty = no bound", required=False),
            Column("claimed_high", "DECIMAL(38,6)", "largest value the claim allows; empty = no bound", required=False),
            Column(
                "low_is_open",
                "BOOLEAN",
                "the smallest value itself is not allowed: more than",
                values=("true", "false"),
            ),
            Column(
                "high_is_open",
                "BOOLEAN",
                "the largest value itself is not allowed: less than",
                values=("true", "false"),
            ),
            Column("unit", "VARCHAR", "unit of what is claimed and recounted"),
            Column(
                "observation_id",
                "VARCHAR",
                "the figure that is the claim itself, where one is entered; the recount does not use it",
                required=False,
            ),
            Column(
                "template",
                "VARCHAR",
                "query in `rzh_data/queries/claims/` that recounts it; empty where nothing can",
                required=False,
            ),
            Column(
                "arguments",
                "VARCHAR",
                "its arguments: name=value, separated by semicolons; lists separated by commas",
                required=False,
            ),
            *translated("formula", "how it is recounted, in one line"),
            *translated("reason", "why it cannot be checked", required=False),
            Column(
                "region_ids",
                "VARCHAR",
                "regions it speaks of, separated by semicolons",
                required=False,
                references="regions.region_id",
                list_separator=";",
            ),
            Column(
                "principle_ids",
                "VARCHAR",
                "principles it speaks of, separated by semicolons",
                required=False,
                references="principles.principle_id",
                list_separator=";",
            ),
            *PLACE,
        ),
    ),
    Table(
        "population",
        "population of one region on 1 January of one year, in the region's boundaries since 19 June 2018",
        ("region_id", "year"),
        (
            Column("region_id", "VARCHAR", "key of `regions`", references="regions.region_id"),
            Column("year", "INTEGER", "year", low=2010, high=2040),
            Column("date", "DATE", "day the count is for"),
            Column("population", "BIGINT", "inhabitants", unit="persons", low=1),
            Column("source", "VARCHAR", "where the figure is published"),
        ),
    ),
    Table(
        "consumer_prices",
        "consumer prices of one year",
        ("year",),
        (
            Column("year", "INTEGER", "year", low=2010, high=2040),
            Column(
                "annual_average_percent",
                "DOUBLE",
                "average consumer prices of the year, the year before being 100",
                unit="percent",
                low=50,
                high=300,
            ),
            Column(
                "december_percent",
                "DOUBLE",
                "prices of December, December of the year before being 100",
                unit="percent",
                low=50,
                high=300,
            ),
            Column("source", "VARCHAR", "where the figures are published"),
        ),
    ),
    Table(
        "boundary_vintages",
        "one state of the first-level boundaries",
        ("boundary_vintage_id",),
        (
            Column("boundary_vintage_id", "VARCHAR", "stable id, the number of units: 16, 17, 20"),
            Column("valid_from", "DATE", "first day in force", required=False),
            Column("valid_to", "DATE", "last day in force", required=False),
            Column("unit_count", "INTEGER", "number of first-level units", low=1),
            *translated("change", "what changed when it came into force"),
            Column("source", "VARCHAR", "where the change is published"),
        ),
    ),
    Table(
        "boundary_units",
        "one unit of a boundary vintage and the present ids it is made of",
        ("boundary_vintage_id", "unit_id"),
        (
            Column(
                "boundary_vintage_id",
                "VARCHAR",
                "key of `boundary_vintages`",
                references="boundary_vintages.boundary_vintage_id",
            ),
            Column(
                "unit_id", "VARCHAR", "id of the unit in the boundary file; region_id wherever the unit is a region"
            ),
            Column(
                "region_ids",
                "VARCHAR",
                "regions that lie in the unit, separated by semicolons",
                references="regions.region_id",
                list_separator=";",
            ),
            *translated("name", "name of the unit in its time"),
        ),
    ),
)

BY_NAME = {table.name: table for table in TABLES}
