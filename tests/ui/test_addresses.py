"""What stands in the address gives the same view again; nonsense in it gives one friendly line, never an error."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from screen import PAGES, TRANSLATIONS, bodies, elements, failures, opened, says

from rzh_data.schema import LANGUAGES
from rzh_ui import address as module
from rzh_ui import controls
from rzh_ui.address import LONGEST_SHOWN, LONGEST_WORDS, Address, Words, link

CHOICES = controls._choices("kk")
"""All that the product's addresses hold."""
BY_KEY = {choice.key: choice for choice in CHOICES}

NONSENSE = (
    *("", ",", ",,,", "testland", "KK", "2018 ", "2016", "None", "nan", "-1", "9" * 400, "0x0", "1e309", "true"),
    *("%00", "\0", "\n", "{}", "{value}", "{0.__class__}", "%s", "' OR 1=1 --", "'; DROP TABLE regions; --"),
    *("<script>alert(1)</script>", "../../etc/passwd", "қазақстан", "Ұ", "𝔄", "🗺", "\u202e", "atyrau;akmola"),
)

SOUGHT = ("школ", "Павлодар", "дет", "100", "нур-султан спонсорск", "а" * 10_000, "(", "\\", "*", "٣", "  ")
"""Words to look for: some that a list holds, some that upset a careless search."""

many = settings(max_examples=2000, derandomize=True, deadline=None)
quick = settings(max_examples=300, derandomize=True, deadline=None)
junk = some.one_of(some.sampled_from(NONSENSE), some.text(max_size=40))


def texts_of(choice):
    """What may stand behind `key=`: what the product writes, nonsense, both."""
    if isinstance(choice, Words):
        return some.one_of(some.sampled_from(SOUGHT), junk)
    known = some.sampled_from(choice.options)
    single = some.one_of(known, known, junk)
    return some.lists(single, max_size=4).map(",".join) if choice.is_list else single


def gathered(pairs):
    """Parameters as a browser sends them: a key may come more than once."""
    found = {}
    for key, text in pairs:
        found.setdefault(key, []).append(text)
    return found


pairs = some.sampled_from(CHOICES).flatmap(lambda choice: some.tuples(some.just(choice.key), texts_of(choice)))
addresses = some.lists(pairs, max_size=6).map(gathered)
foreign = some.dictionaries(
    some.sampled_from(["utm_source", "embed", "slide", "Lang", ""]), junk.map(lambda one: [one])
)


def parts_of(stands, key):
    """The single values that an address names for a choice."""
    texts = stands.get(key, [])
    return [part for text in texts for part in (text.split(",") if BY_KEY[key].is_list else [text]) if part]


def wrong_in(stands):
    """The first value of each choice that nothing has."""
    unknown = {
        key: [part for part in parts_of(stands, key) if part not in choice.options]
        for key, choice in BY_KEY.items()
        if not isinstance(choice, Words)
    }
    return {key: parts[0] for key, parts in unknown.items() if parts}


class Parameters(dict):
    """The browser's query parameters as Streamlit gives them: the last of several texts, or all."""

    def __getitem__(self, key):
        return self.get_all(key)[-1]

    def get_all(self, key):
        return list(self.get(key, []))

    def from_dict(self, given):
        self.clear()
        self.update({key: [value] if isinstance(value, str) else list(value) for key, value in given.items()})

    def stands(self):
        return {key: self.get_all(key) for key in self}


def visit(parameters=None, **session):
    """A browser tab: its address and its session."""
    tab = SimpleNamespace(query_params=Parameters(), session_state=session)
    tab.query_params.from_dict({key: texts for key, texts in (parameters or {}).items() if texts})
    return tab


def run(tab, *, click=None):
    """One run of the script after what a visitor clicks: read, write. Returns the complaints."""
    held = tab.session_state
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "st", tab)
        patch.setattr(module, "taken", lambda keys: {key: held[key] for key in keys if key in held})
        patch.setattr(module, "put", held.update)
        places = Address(CHOICES)
        tab.session_state.update(click or {})
        places.read()
        places.write()
    return places.complaints


def chosen(tab):
    return {choice.key: tab.session_state[choice.key] for choice in CHOICES}


@some.composite
def views(draw):
    """Any view that the widgets can give."""
    return {
        choice.key: draw(
            some.sampled_from(("", "школ", "Нур-Султан 100"))
            if isinstance(choice, Words)
            else some.lists(some.sampled_from(choice.options), unique=True).map(
                lambda ids, order=choice.options: sorted(ids, key=order.index)
            )
            if choice.is_list
            else some.sampled_from(choice.options)
        )
        for choice in CHOICES
    }


@quick
@given(views())
def test_a_link_gives_the_same_view_in_another_browser(view):
    first = visit()
    run(first)
    run(first, click=view)
    second = visit(first.query_params.stands())
    assert run(second) == {}
    assert chosen(second) == view
    assert second.query_params == first.query_params


@many
@given(addresses, foreign)
def test_any_address_gives_a_view_that_can_be(stands, others):
    tab = visit({**others, **stands})
    complaints = run(tab)
    for choice in CHOICES:
        value = tab.session_state[choice.key]
        if isinstance(choice, Words):
            assert len(value) <= LONGEST_WORDS and value.isprintable()
        elif choice.is_list:
            assert set(value) <= set(choice.options) and len(value) == len(set(value))
        else:
            assert value in (*choice.options, choice.default)
    wrong = wrong_in(stands)
    assert complaints.keys() == wrong.keys()
    for key, text in complaints.items():
        assert text == (wrong[key] if len(wrong[key]) <= LONGEST_SHOWN else wrong[key][:LONGEST_SHOWN] + "…")
    assert {key: tab.query_params.get_all(key) for key in others} == others, "parameters of others stay"


@quick
@given(addresses)
def test_what_is_written_is_read_back_without_a_complaint(stands):
    tab = visit(stands)
    run(tab)
    before, written = chosen(tab), tab.query_params.stands()
    assert run(tab) == {}, "a complaint is made once"
    assert (chosen(tab), tab.query_params.stands()) == (before, written)
    again = visit(written)
    assert run(again) == {}
    in_order = {
        choice.key: sorted(before[choice.key], key=choice.options.index) if choice.is_list else before[choice.key]
        for choice in CHOICES
    }
    assert chosen(again) == in_order


@quick
@given(some.sampled_from([choice for choice in CHOICES if not isinstance(choice, Words)]), some.data())
def test_a_choice_reads_what_it_writes(choice, data):
    if choice.is_list:
        value = data.draw(some.lists(some.sampled_from(choice.options), unique=True))
        text = choice.text(value)
        assert choice.parse([text] if text else []) == (sorted(value, key=choice.options.index), [])
    else:
        value = data.draw(some.sampled_from((*choice.options, choice.default)))
        text = choice.text(value)
        assert choice.parse([text] if text else []) == (value, [])
        assert (text is None) == (value is None or (value == choice.default and not choice.always_shown))


def test_a_choice_keeps_what_it_knows_and_names_the_rest():
    assert BY_KEY["period"].parse(["2016"]) == (controls.WHOLE_SPAN, ["2016"])
    assert BY_KEY["period"].parse(["2017", "2018"]) == ("2018", []), "of several the last counts"
    assert BY_KEY["regions"].parse(["atyrau,testland,atyrau", "akmola"]) == (["atyrau", "akmola"], ["testland"])
    assert BY_KEY["regions"].parse([",", ""]) == ([], [])


def test_a_view_that_is_the_default_leaves_the_address_short():
    tab = visit()
    run(tab)
    assert tab.query_params.stands() == {"lang": ["kk"]}


def test_back_in_the_browser_wins_over_the_widgets_and_a_click_wins_over_the_address():
    tab = visit({"lang": ["ru"]})
    run(tab)
    run(tab, click={"period": "2018", "regions": ["atyrau", "akmola"]})
    assert tab.query_params.stands() == {"lang": ["ru"], "period": ["2018"], "regions": ["akmola,atyrau"]}
    run(tab, click={"period": "2017"})
    assert tab.query_params["period"] == "2017"
    tab.query_params.from_dict({"lang": "ru", "period": "2018", "regions": "akmola,atyrau"})  # the back button
    run(tab)
    assert tab.session_state["period"] == "2018"
    tab.query_params.from_dict({"lang": "ru"})  # and once more
    run(tab)
    assert (tab.session_state["period"], tab.session_state["regions"]) == (controls.WHOLE_SPAN, [])


def test_a_choice_that_a_new_release_no_longer_has_falls_back():
    tab = visit(**{choice.key: choice.default for choice in CHOICES}, _written={}, _history=[])
    tab.session_state.update(period="2016", regions=["testland", "atyrau"], region="testland")
    run(tab)
    assert [tab.session_state[key] for key in ("period", "regions", "region")] == [
        controls.WHOLE_SPAN,
        ["atyrau"],
        None,
    ]


def test_a_link_says_what_it_changes_and_what_it_takes_away():
    assert link("funding", region="atyrau", period="2017/2019-9m") == "funding?region=atyrau&period=2017/2019-9m"
    assert link("", region=None) == ".?region="


def test_a_link_keeps_what_is_no_letter_out_of_the_way():
    assert not set(link("", region='"><script>&a=b')) & set('"<> ')


@pytest.mark.parametrize("page", PAGES)
@settings(max_examples=12, derandomize=True, deadline=None)
@given(addresses, foreign)
@example({"regions": ["shymkent"], "period": ["2017"], "region": ["shymkent"], "per": ["month"]}, {})  # no figure then
@example({"regions": ["shymkent"], "per": ["capita"], "prices": ["constant"], "source": ["tugan_zher_sponsors"]}, {})
@example(
    {"principles": ["openness"], "region": ["akmola"], "scope": ["programme"], "show": ["all"]}, {"embed": ["true"]}
)
def test_any_address_opens_every_page(page, stands, others):
    """The whole application: no error, one line a complaint, a title in the language of the address.

    A page sees an address only as the choices that it is read as, and the tests above read thousands: what is tried here
    is that a page can show whatever comes out of them.
    """
    app = opened(page, **{"lang": [], **others, **stands})
    t = TRANSLATIONS[app.session_state["lang"]]
    assert not failures(app), f"/{page} {stands} {others}\n{failures(app)}"
    shown = "\n".join(bodies(app))
    lines = elements(shown, ".rz-warn")
    for key, text in wrong_in(stands).items():
        said = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
        assert lines.count(t("filter.unknown_value", what=t(f"filter.{key}"), value=said)) == 1
    assert "<script>" not in shown
    if page != "region" or not app.session_state["region"]:  # a chosen region's page has its name as title
        assert says(app.title[0].value, t(f"{page}.title"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_value_is_told_in_the_language_of_the_page_and_shown_as_text(language):
    app = opened(lang=language, period="<b>2016</b>", metric="x" * 90)
    t = TRANSLATIONS[language]
    lines = [line for body in bodies(app) for line in elements(body, ".rz-warn")]
    assert lines == [
        t("filter.unknown_value", what=t("filter.metric"), value="x" * LONGEST_SHOWN + "…"),
        t("filter.unknown_value", what=t("filter.period"), value="<b>2016</b>"),
    ]
    assert app.session_state["period"] == controls.WHOLE_SPAN
    app.run()
    assert not [line for body in bodies(app) for line in elements(body, ".rz-warn")], "told once"


def test_a_second_change_that_outruns_the_browser_is_no_going_back():
    """The browser sends the address as it was before it heard of the first change; the second change must not be undone."""
    tab = visit({"lang": ["ru"]})
    run(tab)
    still_shown = {key: tab.query_params.get_all(key) for key in tab.query_params}
    run(tab, click={"period": "2017"})
    tab.query_params.from_dict(still_shown)
    tab.session_state["period"] = "2018"  # a widget's change is in the session before the script runs
    run(tab)
    assert tab.session_state["period"] == "2018" and tab.query_params["period"] == "2018"
    tab.query_params.from_dict(still_shown)  # the same address without a change of a widget: the visitor went back
    run(tab)
    assert tab.session_state["period"] == controls.WHOLE_SPAN
