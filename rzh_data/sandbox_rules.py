"""What a visitor's query may be: one SELECT over the tables of the release, by functions on a list, with known parameters.

The rules read the tree that the engine itself made of the text, so that what is checked is what would run: a second
parser could read a text in another way than the engine does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

PARAMETERS = ("indicator", "period", "region", "number", "text")
"""Values that a query may leave open as `$indicator`, …; the page asks for them."""

EXPRESSIONS = frozenset(
    [
        "BETWEEN",
        "CASE",
        "CAST",
        "COLLATE",
        "COLUMN_REF",
        "COMPARISON",
        "CONJUNCTION",
        "CONSTANT",
        "FUNCTION",
        "LAMBDA",
        "OPERATOR",
        "PARAMETER",
        "POSITIONAL_REFERENCE",
        "STAR",
        "SUBQUERY",
        "TYPE",
        "WINDOW",
    ]
)
NODES = frozenset(["SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"])
SOURCES = frozenset(["BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "PIVOT", "SUBQUERY", "TABLE_FUNCTION"])
DETAILS = frozenset(
    ["ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER", "ASCENDING", "DESCENDING", "ORDER_DEFAULT", "ASC", "DESC"]
)

OPERATORS = frozenset(
    ["+", "-", "*", "/", "//", "%", "**", "^", "||", "~~", "!~~", "~~*", "!~~*", "~~~", "!~~~", "@", "!"]
)

TABLE_FUNCTIONS = frozenset(["generate_series", "range", "unnest"])

FUNCTIONS = frozenset(
    [
        "abs",
        "ceil",
        "ceiling",
        "exp",
        "floor",
        "greatest",
        "least",
        "ln",
        "log",
        "log10",
        "log2",
        "mod",
        "pow",
        "power",
        "round",
        "sign",
        "sqrt",
        "trunc",
        "isfinite",
        "isnan",
        "any_value",
        "arg_max",
        "arg_min",
        "avg",
        "bool_and",
        "bool_or",
        "corr",
        "count",
        "count_if",
        "count_star",
        "covar_pop",
        "covar_samp",
        "first",
        "last",
        "list",
        "array_agg",
        "max",
        "max_by",
        "mean",
        "median",
        "min",
        "min_by",
        "mode",
        "product",
        "quantile_cont",
        "quantile_disc",
        "regr_slope",
        "regr_intercept",
        "regr_r2",
        "stddev",
        "stddev_pop",
        "stddev_samp",
        "string_agg",
        "sum",
        "var_pop",
        "var_samp",
        "variance",
        "approx_count_distinct",
        "cume_dist",
        "dense_rank",
        "first_value",
        "lag",
        "last_value",
        "lead",
        "nth_value",
        "ntile",
        "percent_rank",
        "rank",
        "row_number",
        "concat",
        "concat_ws",
        "contains",
        "ends_with",
        "starts_with",
        "prefix",
        "suffix",
        "instr",
        "position",
        "strpos",
        "left",
        "right",
        "substr",
        "substring",
        "length",
        "strlen",
        "lower",
        "upper",
        "trim",
        "ltrim",
        "rtrim",
        "replace",
        "reverse",
        "split_part",
        "string_split",
        "str_split",
        "initcap",
        "strip_accents",
        "regexp_matches",
        "regexp_extract",
        "regexp_full_match",
        "regexp_replace",
        "like_escape",
        "ilike_escape",
        "array_contains",
        "array_length",
        "array_to_string",
        "flatten",
        "len",
        "list_aggregate",
        "list_any_value",
        "list_apply",
        "list_avg",
        "list_concat",
        "list_contains",
        "list_count",
        "list_distinct",
        "list_element",
        "list_extract",
        "list_filter",
        "list_first",
        "list_has",
        "list_has_all",
        "list_has_any",
        "list_intersect",
        "list_last",
        "list_max",
        "list_median",
        "list_min",
        "list_position",
        "list_reverse",
        "list_reverse_sort",
        "list_slice",
        "list_sort",
        "list_sum",
        "list_transform",
        "list_unique",
        "list_value",
        "list_zip",
        "array_extract",
        "array_slice",
        "generate_series",
        "range",
        "unnest",
        "row",
        "struct_pack",
        "struct_extract",
        "map",
        "map_keys",
        "map_values",
        "coalesce",
        "if",
        "ifnull",
        "nullif",
        "typeof",
        "error",
        "current_date",
        "date_diff",
        "datediff",
        "date_part",
        "datepart",
        "date_sub",
        "date_trunc",
        "day",
        "dayofweek",
        "dayofyear",
        "extract",
        "last_day",
        "make_date",
        "month",
        "monthname",
        "quarter",
        "strftime",
        "week",
        "year",
        "to_days",
        "to_months",
        "to_years",
        "age",
        "grouping",
        "grouping_id",
    ]
)  # nothing here reads outside the tables; what makes giant values of small ones (repeat, lpad, printf …) is left out


@dataclass(frozen=True)
class Fault:
    """Why a query was not answered.

    Attributes:
        code: which sentence tells it (`free_query.fault_<code>` in the catalogues).
        name: what it is about: a table, function or parameter.
        offset: where in the text, in bytes of UTF-8; None where it has no one place.
        engine: the engine's own words (English); empty where the rule is ours.
    """

    code: str
    name: str = ""
    offset: int | None = None
    engine: str = ""


class Refused(Exception):
    """A query breaks a rule."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


@dataclass
class Asked:
    """What a query asks for: tables to load and parameters to fill in, all in small letters."""

    tables: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)


def examine(serialized: dict[str, Any], *, tables: Collection[str], taken: Collection[str]) -> Asked:
    """Looks at every part of a query's tree.

    Args:
        serialized: the engine's answer to `json_serialize_sql`.
        tables: names of the tables that may be asked.
        taken: names that the engine gives a meaning of its own (its system views); no part of a query may be called so.

    Raises:
        Refused: the text is no SELECT, more than one, or something in it is not allowed.
    """
    if serialized.get("error"):
        raise Refused(_unread(serialized))
    statements = serialized["statements"]
    if len(statements) != 1:
        raise Refused(Fault("one_statement"))
    parts = list(_parts(statements[0]))
    known = {name.lower(): name for name in tables}
    named = {str(entry["key"]).lower() for part in parts for entry in _named(part)}
    for name in sorted(named):
        if name in {other.lower() for other in taken} or not name.isidentifier():
            raise Refused(Fault("name", name))
    asked = Asked()
    for part in parts:
        _look(part, asked, known, named)
    return asked


def _unread(serialized: dict[str, Any]) -> Fault:
    said = str(serialized.get("error_message", ""))
    if serialized.get("error_type") == "not implemented":
        return Fault("only_select")
    position = str(serialized.get("position", ""))
    return Fault("syntax", offset=int(position) if position.isdigit() else None, engine=said)


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary of the tree, without recursion: a text may be nested deeply."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _named(part: dict[str, Any]) -> list[dict[str, Any]]:
    """Common table expressions that a part defines."""
    found = part.get("cte_map")
    return list(found["map"]) if isinstance(found, dict) and "map" in found else []


def _look(part: dict[str, Any], asked: Asked, tables: dict[str, str], named: set[str]) -> None:
    kind = part.get("type")
    if "class" in part:
        if part["class"] not in EXPRESSIONS:
            raise Refused(Fault("part", str(part["class"]).lower().replace("_", " "), _offset(part)))
        _look_at_expression(part, asked)
    elif isinstance(kind, str):
        if kind not in NODES | SOURCES | DETAILS:
            raise Refused(Fault("part", kind.lower().replace("_", " "), _offset(part)))
        if kind == "BASE_TABLE":
            _look_at_table(part, asked, tables, named)
        elif kind == "TABLE_FUNCTION":
            name = _function_name(part["function"])
            if name not in TABLE_FUNCTIONS:
                raise Refused(Fault("function", name, _offset(part)))


def _look_at_expression(part: dict[str, Any], asked: Asked) -> None:
    if part["class"] in ("FUNCTION", "WINDOW"):
        name = _function_name(part)
        if name not in (OPERATORS if part.get("is_operator") else FUNCTIONS):
            raise Refused(Fault("function", name, _offset(part)))
    elif part["class"] == "PARAMETER":
        name = str(part.get("identifier", "")).lower()
        if name not in PARAMETERS:
            raise Refused(Fault("parameter", name, _offset(part)))
        asked.parameters.add(name)


def _function_name(part: dict[str, Any]) -> str:
    name = str(part.get("function_name", "")).lower()
    path = [str(step).lower() for step in (part.get("qualified_name") or {}).get("path", [name])]
    if part.get("schema") or part.get("catalog") or path not in ([name], ["main", name]):
        return ".".join(path) or name  # a name with a place before it is on no list
    return name


def _look_at_table(part: dict[str, Any], asked: Asked, tables: dict[str, str], named: set[str]) -> None:
    path = [str(step) for step in part.get("qualified_name", {}).get("path", [part.get("table_name", "")])]
    name = path[-1].lower()
    if len(path) > 1 or part.get("schema_name") or part.get("catalog_name"):
        raise Refused(Fault("table", ".".join(path), _offset(part)))
    if part.get("at_clause"):
        raise Refused(Fault("part", "at", _offset(part)))
    if name in tables:
        asked.tables.add(tables[name])
    elif name not in named:
        raise Refused(Fault("table", path[-1], _offset(part)))


def _offset(part: dict[str, Any]) -> int | None:
    """Where a part stands; the engine says "nowhere" with the largest number it has."""
    place = part.get("query_location")
    return place if isinstance(place, int) and 0 <= place < 2**31 else None
