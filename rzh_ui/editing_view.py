"""What an editor sees of a workbook: faults by cell, what is new, what changes from which value to which, and the log."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from rzh_ui import editing, numbers
from rzh_ui.access import Person
from rzh_ui.address import link
from rzh_ui.columns import csv_bytes
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from rzh_data.schema import Table
    from rzh_data.workbook_import import Addition, Examination, WorkbookFault

LARGEST_MEGABYTES = 8
"""As `rzh_data.workbook_guard` has it and `server.maxUploadSize` in .streamlit/config.toml."""

ROWS_SHOWN = 200
"""Rows of a table on the page; the file to take away has all."""

LONG = 30
"""Letters from which a text in a table needs room."""

VERIFY = "python -m rzh_data log --verify"
"""What tells an administrator where the log does not hold."""

LOG_LINES = 20
"""Newest entries of the log that the page shows."""

MEASURES = ("DOUBLE", "DECIMAL(38,6)", "BIGINT")
"""Types of columns that hold quantities; whole numbers of other columns are lines and years, written without groups."""


def what_was_done(t: Messages) -> None:
    """After an acceptance: what was written and where to see it."""
    done = editing.done()
    if done is None:
        return
    what = done.entry["what"]["counts"]
    sentence = t(
        "editor.done",
        added=numbers.decimal(what["added"], t),
        changed=numbers.decimal(what["changed"], t),
        version=done.version,
    )
    onward = text("a", t("editor.done_link"), href=link("sources"), target="_self")
    st.html(tag("div", text("p", sentence) + tag("p", onward), class_="rz-card", role="status"))


def template(t: Messages) -> None:
    """The form to fill in, made when it is asked for."""

    def made() -> bytes:
        from rzh_data.workbook_template import content

        return content(t.language)

    st.download_button(
        t("editor.template_button"),
        made,
        file_name=f"figures_to_fill_in_{t.language}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="editor_template",
        on_click="ignore",
    )


def upload(t: Messages) -> UploadedFile | None:
    """The field for the filled form."""
    return st.file_uploader(
        t(
            "editor.upload"
        ),  # of any type: the guard says in the page's language what is wrong with a file, Streamlit does not
        max_upload_size=LARGEST_MEGABYTES,
        key=f"workbook_{editing.upload_round()}",
    )


def accept(looked_at: editing.LookedAt, content: bytes, person: Person, t: Messages) -> None:
    """The second step: the editor says that the values were compared with the source, then writes them."""
    is_compared = st.checkbox(t("editor.compared"), key=f"editor_compared_{looked_at.sha256[:12]}")
    if not st.button(t("editor.accept"), key="editor_accept", type="primary", disabled=not is_compared):
        return
    try:
        with st.spinner(t("editor.accepting")):
            # Remembered at once: a click meanwhile ends this run at the next thing it would draw.
            editing.finish(editing.accept(looked_at, content, person, t))
    except editing.Refused as error:
        st.html(text("p", str(error), class_="rz-warn", role="alert"))
        return
    st.rerun()


def preview(examination: Examination, t: Messages) -> None:
    """What a workbook without faults would do."""
    st.header(t("editor.preview_title"), anchor=False)
    st.html(_counts(examination, t))
    if examination.warnings:
        st.subheader(t("editor.warnings_title"), anchor=False)
        _faults(examination.warnings, t, key="editor_warnings", label=t("editor.warnings_title"))
    if examination.changes:
        st.subheader(t("editor.changed_title"), anchor=False)
        _changes(examination, t)
    if examination.additions:
        st.subheader(t("editor.added_title"), anchor=False)
        _additions(examination, t)


def refusal(examination: Examination, t: Messages) -> None:
    """Why a workbook cannot be accepted."""
    if examination.faults:
        said = t.plural("editor.faults_found", len(examination.faults))
        st.html(text("p", said, class_="rz-warn", role="alert"))
        _faults(examination.faults, t, key="editor_faults", label=t("editor.faults_title"))
    else:
        st.html(text("p", t("workbook.refused.nothing"), class_="rz-warn", role="status"))


def _counts(examination: Examination, t: Messages) -> str:
    """Tiles: how many rows are added, how many cells change, how many rows stay, what is to be looked at."""
    found = (
        ("editor.added", len(examination.additions)),
        ("editor.changed", len(examination.changes)),
        ("editor.unchanged", examination.unchanged),
        ("editor.warnings", len(examination.warnings)),
    )
    return tag(
        "div",
        "".join(
            tag(
                "div",
                text("p", t(name), class_="rz-tile-name")
                + text("p", numbers.decimal(count, t), class_="rz-tile-value"),
                class_="rz-tile",
            )
            for name, count in found
        ),
        class_="rz-tiles",
    )


def _faults(found: Sequence[WorkbookFault], t: Messages, *, key: str, label: str) -> None:
    """Every fault with the place it stands in, to be sorted, and to be taken away."""
    head = (t("editor.sheet"), t("editor.row"), t("editor.column"), t("editor.message"))
    rows = [
        (
            fault.sheet or t("editor.whole_file"),
            "" if fault.row is None else str(fault.row),
            " ".join(filter(None, (fault.column, fault.field and f"({fault.field})"))),
            fault.message.text(t.language),
        )
        for fault in found
    ]
    _table(head, rows, key=key, label=label, t=t)


def _additions(examination: Examination, t: Messages) -> None:
    """The rows that the facts do not have yet."""
    names = Names(examination, t)
    head = (t("editor.table"), t("editor.what"), t("editor.value"), t("editor.sheet"), t("editor.row"))
    rows = [
        (_sheet(row.table, t), names.key(row.table, row.key), _value(row, names, t), row.sheet, str(row.row))
        for row in examination.additions
    ]
    _table(head, rows, key="editor_added", label=t("editor.added_title"), t=t)


def _changes(examination: Examination, t: Messages) -> None:
    """The cells that change, from which value to which."""
    names = Names(examination, t)
    head = (
        t("editor.table"), t("editor.what"), t("editor.column"), t("editor.old"), t("editor.new"),
        t("editor.sheet"), t("editor.row"),
    )  # fmt: skip
    rows = [
        (
            _sheet(change.table, t),
            names.key(change.table, change.key),
            change.column,
            _cell(change.table, change.key, change.column, change.old, names, t),
            _cell(change.table, change.key, change.column, change.new, names, t),
            change.sheet,
            str(change.row),
        )
        for change in examination.changes
    ]
    _table(head, rows, key="editor_changed", label=t("editor.changed_title"), t=t)


def log_of_late(t: Messages) -> str:
    """The newest entries of the log and whether its chain holds."""
    from rzh_data import log

    try:
        found = list(log.entries())
    except log.LogError:
        logging.getLogger(__name__).exception("The log of editors does not hold")
        return text("p", t("editor.log_broken", command=VERIFY), class_="rz-warn", role="alert")
    rows = [
        (
            entry["when"][:19].replace("T", " "),
            entry["who"]["name"],
            t(f"log.{entry['event']}"),
            _subject(entry["what"], t),
        )
        for entry in reversed(found[-LOG_LINES:])
    ]
    said = text("p", t("editor.log_holds", count=numbers.decimal(len(found), t)), class_="rz-note")
    if not rows:
        return said
    head = (t("editor.log_when"), t("editor.log_who"), t("editor.log_what"), t("editor.log_about"))
    return said + _words(head, rows, t("editor.log_title"))


def _words(head: Sequence[str], rows: Sequence[Sequence[str]], label: str) -> str:
    """A table of texts; a long one keeps a width at which it can be read on a phone."""
    top = tag("thead", tag("tr", "".join(text("th", name, scope="col") for name in head)))
    body = "".join(
        tag("tr", "".join(text("td", cell, class_="rz-long" if len(cell) > LONG else None) for cell in row))
        for row in rows
    )
    table = text("caption", label, class_="rz-hidden") + top + tag("tbody", body)
    return tag(
        "div", tag("table", table, class_="rz-table rz-words"),
        class_="rz-scroll", role="region", tabindex="0", aria_label=label,
    )  # fmt: skip


def _subject(what: Mapping[str, object], t: Messages) -> str:
    known = what.get("counts")
    if not isinstance(known, Mapping):
        return str(what.get("restored_sha256", ""))[:12]
    return t(
        "editor.log_counts",
        file=what.get("file_name", ""),
        added=numbers.decimal(known["added"], t),
        changed=numbers.decimal(known["changed"], t),
        faults=numbers.decimal(known["faults"], t),
    )


class Names:
    """Names, in the page's language, of the ids in a row's key: from the facts, or from the workbook that brings them."""

    def __init__(self, examination: Examination, t: Messages) -> None:
        self._t = t
        self._rows: dict[str, dict[str, Mapping[str, str]]] = {}
        self._brought = examination.additions

    def key(self, table: str, key: str) -> str:
        """The key of a row in words: «Павлодарская область · 2017 год — 9 месяцев 2019 года»."""
        from rzh_data.schema import BY_NAME

        known = BY_NAME[table]
        parts = key.split(":")
        if len(parts) > len(known.key):
            return key  # an id that holds the separator itself
        return " · ".join(self._name(known, name, part) for name, part in zip(known.key, parts, strict=False) if part)

    def unit(self, indicator_id: str) -> str:
        """The unit of measure of an indicator; empty where it is not known."""
        return self._of("indicators").get(indicator_id, {}).get("unit", "")

    def _name(self, table: Table, column: str, part: str) -> str:
        parent = (table.column(column).references or "").partition(".")[0]
        row = self._of(parent).get(part, {}) if parent else {}
        columns = (f"{stem}_{self._t.language}" for stem in ("name", "label", "title"))
        return next((row[name] for name in columns if row.get(name)), part)

    def _of(self, parent: str) -> dict[str, Mapping[str, str]]:
        if parent not in self._rows:
            from rzh_data.facts import FACTS
            from rzh_data.facts_files import Folder
            from rzh_data.schema import BY_NAME

            brought = (row.values for row in self._brought if row.table == parent)
            identity = BY_NAME[parent].key[0]
            self._rows[parent] = {row[identity]: row for row in (*Folder(FACTS).rows(parent), *brought)}
        return self._rows[parent]


def _sheet(table: str, t: Messages) -> str:
    return t(f"workbook.sheet.{table}")


def _value(row: Addition, names: Names, t: Messages) -> str:
    """What a new row says besides its key: the figure where there is one, else all its other cells."""
    from rzh_data.schema import BY_NAME

    known = BY_NAME[row.table]
    for name in ("value", "population"):
        if name in row.values:
            return _cell(row.table, row.key, name, row.values[name], names, t)
    said = [row.values[column.name] for column in known.columns if column.name not in known.key]
    return "; ".join(filter(None, said))


def _cell(table: str, key: str, column: str, content: str, names: Names, t: Messages) -> str:
    """A cell as people write it: quantities with their unit, everything else as it stands in the workbook."""
    from rzh_data.schema import BY_NAME

    is_measure = BY_NAME[table].column(column).type in MEASURES
    if not content:
        return t("figure.missing" if is_measure else "editor.empty")
    if not is_measure:
        return content
    unit = names.unit(key.split(":")[0]) if table == "observations" else ""
    return numbers.quantity(float(content), unit, t, decimals=len(content.partition(".")[2]), is_short=False)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, key: str, label: str, t: Messages) -> None:
    """The rows on the page, the first of them where there are many, and all of them to take away."""
    shown = _words(head, rows[:ROWS_SHOWN], label)
    if len(rows) > ROWS_SHOWN:
        note = t("editor.first_rows", shown=numbers.decimal(ROWS_SHOWN, t), all=numbers.decimal(len(rows), t))
        shown = text("p", note, class_="rz-note") + shown
    with st.container(key=key):
        st.html(shown)

        st.download_button(
            t("figure.take_away", format="CSV"),
            lambda: csv_bytes(head, rows),
            file_name=f"{key}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            on_click="ignore",
        )
