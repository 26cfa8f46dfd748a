"""Free questions in SQL: saved ones to begin with, an editor, values to fill in, and the answer or what is wrong."""

from __future__ import annotations

import difflib
import re
from functools import partial
from typing import Any

import streamlit as st

from rzh_data import sandbox, saved_questions
from rzh_data.sandbox import Answer
from rzh_ui import explore_choices, free_query_answer, free_query_schema
from rzh_ui.data import version
from rzh_ui.explore_choices import LONGEST_SCRIPT
from rzh_ui.html import tag, text
from rzh_ui.i18n import Messages

PARAMETER = re.compile(r"\$([A-Za-z_]\w*)")
PICKED = ("indicator", "period", "region")
"""Parameters that are chosen from the data; the others are typed in."""

NAMES = ", ".join(f"${name}" for name in sandbox.PARAMETERS)
RAN, OUTCOME, SEED, EDITOR = "_sql_ran", "_sql_outcome", "_sql_seed", "sql_editor"


def draw(t: Messages) -> None:
    """The whole view: question, values, editor, answer; and the tables."""
    if not sandbox.is_available():
        st.html(text("p", t("free_query.fault_unavailable"), class_="rz-warn", role="status"))
        return
    with st.container(key="sql_view"):
        with st.container(key="sql_ask"):
            _choose_question(t)
            sql = _edit(t)
            values = _values(sql, t)
        with st.container(key="sql_answer"):
            _show(_answer(sql, values, t), sql, t)
        with st.container(key="sql_tables"):
            st.html(
                text("h2", t("free_query.tables"), class_="rz-card-title")
                + text("p", t("free_query.tables_note"), class_="rz-note")
                + free_query_schema.tree(t)
            )


def _show(answer: Answer | None, sql: str, t: Messages) -> None:
    if answer is None:
        st.html(text("p", t("free_query.press_run"), class_="rz-note", role="status"))
    elif answer.fault:
        st.html(_told(answer, sql, t))
    else:
        free_query_answer.draw(answer, t)


def _choose_question(t: Messages) -> None:
    titles = {question.question_id: question.titles[t.language] for question in saved_questions.every()}
    st.selectbox(
        t("filter.question"),
        list(titles),
        format_func=titles.__getitem__,
        key="question",
        on_change=_begin_anew,
        persist_state="session",
    )


def _begin_anew() -> None:
    """Another question takes the place of what was written."""
    st.session_state["sql"] = ""


def _saved_text(t: Messages) -> str:
    return saved_questions.by_id(st.session_state["question"]).text(t.language)


def _edit(t: Messages) -> str:
    """The editor in a form, so that Ctrl+Enter runs what it holds. Gives the query that holds now."""
    state = st.session_state
    saved = _saved_text(t)
    seed = (state["question"], t.language, state["sql"])
    if state.get(SEED) != seed or EDITOR not in state:
        state[EDITOR] = state["sql"] or saved
        state[SEED] = seed
    with st.form("sql_form", border=False):
        st.text_area(
            t("free_query.editor"),
            key=EDITOR,
            height=270,
            max_chars=LONGEST_SCRIPT,
            help=t("free_query.editor_help", names=NAMES),
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(t("free_query.run"), type="primary", on_click=partial(_take, saved))
            st.html(text("span", t("free_query.limits", seconds=sandbox.MOST_SECONDS), class_="rz-note"))
    if state["sql"]:
        st.button(t("free_query.back"), key="sql_back", on_click=_begin_anew)
    return state["sql"] or saved


def _take(saved: str) -> None:
    """Takes what the editor holds as the query to run (on Ctrl+Enter, before the page is drawn)."""
    state = st.session_state
    written = state[EDITOR] or ""
    state["sql"] = "" if written.strip() == saved.strip() else written
    state[RAN] = written if written.strip() else " "
    state.pop(OUTCOME, None)
    # What is written becomes what the editor began with, so that the next run does not put it there anew.
    state[SEED] = (state["question"], state["lang"], state["sql"])


def _values(sql: str, t: Messages) -> dict[str, Any]:
    """The values of the parameters that the text names, asked for in one row."""
    named = [name for name in sandbox.PARAMETERS if name in {found.lower() for found in PARAMETER.findall(sql)}]
    if not named:
        return {}
    state = st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for name in named:
            key = f"sql_{name}"
            if name in PICKED:
                labels = {
                    one: label for (facet, one), label in explore_choices.names(t.language).items() if facet == name
                }
                st.selectbox(
                    f"${name} – {t(f'filter.{key}')}",
                    list(labels),
                    format_func=labels.__getitem__,
                    key=key,
                    persist_state="session",
                    width=320,
                )
            else:
                st.text_input(
                    f"${name} – {t(f'filter.{key}')}", key=key, max_chars=100, persist_state="session", width=220
                )
    return {name: _value(name, state[f"sql_{name}"]) for name in named}


def _value(name: str, written: str) -> str | int | float | None:
    """A value as the query gets it; None where nothing, or no number, is written."""
    if name != "number":
        return written or None
    plain = re.sub(r"\s", "", written or "").replace(",", ".")
    try:
        return int(plain)
    except ValueError:
        try:
            number = float(plain)
        except ValueError:
            return None
        return number if abs(number) < 1e300 else None


def _answer(sql: str, values: dict[str, Any], t: Messages) -> Answer | None:
    """The answer: kept from the last run where nothing changed, run now where it was asked for.

    A saved question runs by itself; what came with a link or was written runs when the visitor says so.
    """
    state = st.session_state
    key = (version(), sql, tuple(sorted(values.items())))
    if state.get(OUTCOME, (None, None))[0] == key:
        kept: Answer = state[OUTCOME][1]
        return kept
    if state["sql"] and state.get(RAN) != state["sql"]:
        return None
    empty = [name for name, value in values.items() if value is None]
    answer = Answer(fault=sandbox.Fault("parameter_missing", empty[0])) if empty else _run(sql, values, t)
    state[OUTCOME] = (key, answer)
    return answer


def _run(sql: str, values: dict[str, Any], t: Messages) -> Answer:
    place = st.empty()

    def tell(before: int) -> None:
        """Says how the query stands; a visitor who goes on with something else ends it here."""
        said = t.plural("free_query.waiting", before) if before else t("free_query.running")
        place.html(text("p", said, class_="rz-note", role="status"))

    answer = sandbox.run(sql, values, visitor=_visitor(), tell=tell)
    place.empty()
    return answer


def _visitor() -> str:
    """Who asks, for the queue alone: the browser where it tells one from another, else this session."""
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    return st.context.cookies.get("_streamlit_xsrf") or (context.session_id if context else "")


def _told(answer: Answer, sql: str, t: Messages) -> str:
    """What is wrong, where, and what may have been meant; as HTML."""
    fault = answer.fault
    assert fault
    said = t(f"free_query.fault_{fault.code}", name=fault.name, seconds=sandbox.MOST_SECONDS, names=NAMES)
    parts = [text("p", said)]
    known = {"table": free_query_schema.names, "column": free_query_schema.columns}.get(fault.code)
    if known:
        close = difflib.get_close_matches(fault.name.lower(), known(), n=3, cutoff=0.6)
        if close:
            parts.append(text("p", t("free_query.meant", names=", ".join(close))))
    if answer.line and answer.column:
        parts.append(text("p", t("free_query.at", line=answer.line, column=answer.column)))
        parts.append(free_query_schema.fault_place(sql, answer.line, answer.column))
    if fault.engine:
        engine = text("code", fault.engine, lang="en")
        parts.append(tag("details", text("summary", t("free_query.engine")) + engine, class_="rz-passport"))
    return tag("div", "".join(parts), class_="rz-warn", role="alert")
