"""The three catalogues say the same in three languages, and the code asks for nothing else."""

from __future__ import annotations

import ast
import csv
import gettext
import io
import re
import string
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from screen import FACTS, ROOT, TRANSLATIONS

from rzh_data.schema import LANGUAGES
from rzh_ui import i18n

KK, RU, EN = (TRANSLATIONS[language] for language in ("kk", "ru", "en"))
FORMS = {"kk": 2, "ru": 3, "en": 2}

SAME_WORDS = frozenset(
    {
        "Акселератор",
        "Кластер",
        "км²",
        "км",
        "коэффициент",
        "млрд",
        "млн",
        "трлн",
        "Бюджет",
        "Джини",
        "Сценарий",
        "(сценарий)",
        "Диаграмма",
        "QR-код",
    }
)
"""Whole texts that Kazakh and Russian share."""

SAME_NAMES = frozenset(
    {"regions.short", "regions.centre", "boundary_units.name", "projects.name", "principles.name", "categories.name"}
)
"""Columns of facts with names that Kazakh and Russian may share: «Туған жер», Атырау, Прагматизм."""

LATIN_WORDS = frozenset(
    {
        "CSV",
        "PNG",
        "PPTX",
        "Python",
        "XLSX",
        "Excel",
        "UTF",
        "UNHCR",
        "OCHA",
        "COD",
        "AB",
        "Kazakhstan",
        "CC",
        "BY",
        "IGO",
        "OpenStreetMap",
        "SQL",
        "SELECT",
        "GROUP",
        "Ctrl",
        "Enter",
        "Parquet",
        "M",
    }
    | {"PDF", "TOML", "QR", "PageDown", "PageUp", "Home", "End", "Esc", "F", "O", "Q", "D", "H"}
    | {"observation", "query", "column", "values", "id", "public", "address", "http", "https"}
)
"""Words of Latin letters that a Kazakh or Russian text may hold: names and formats."""

LATIN_SIGNS = frozenset("nix")
"""Letters that stand for numbers in a formula."""

KAZAKH_LETTERS = frozenset("әғқңөұүһі")


@dataclass(frozen=True)
class Asked:
    """One place in the code that asks for messages.

    Attributes:
        keys: the keys it may ask for.
        given: names of the values it fills in; None where it does not fill in any itself.
        is_spelt_out: the key stands in the code as it is; otherwise `keys` are all that may be meant.
    """

    place: str
    keys: tuple[str, ...]
    given: frozenset[str] | None
    is_plural: bool
    is_spelt_out: bool


def files(language: str) -> Path:
    return i18n.LOCALES / language / "LC_MESSAGES" / "messages.po"


def catalogue(language: str):
    with files(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def placeholders(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def said(text: str) -> str:
    """The text without its placeholders."""
    return "".join(before for before, *_ in string.Formatter().parse(text))


def is_of(script: str, letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(script)


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", said(text))


def latin(text: str) -> list[str]:
    """Words with a Latin letter in them."""
    return [word for word in words_of(text) if any(is_of("LATIN", letter) for letter in word)]


def has_cyrillic(text: str) -> bool:
    return any(is_of("CYRILLIC", letter) for letter in text)


def mixed(text: str) -> list[str]:
    """Words in which a letter of the other script hides among those of one: a Latin i in «іс-шара»."""
    return [
        word
        for word in words_of(text)
        if has_cyrillic(word) and any(is_of("LATIN", letter) for letter in unicodedata.normalize("NFKC", word))
    ]


def parts_of_keys(node: ast.expr) -> list[str] | None:
    """The keys that an expression may give; a template {…} where a part is not known; None for anything else."""
    match node:
        case ast.Constant(value=str(key)):
            return [key]
        case ast.IfExp():
            both = [parts_of_keys(node.body), parts_of_keys(node.orelse)]
            return [key for keys in both for key in keys] if all(keys is not None for keys in both) else None
        case ast.JoinedStr():
            return [
                "".join(
                    part.value if isinstance(part, ast.Constant) else "{" + ast.unparse(part.value) + "}"
                    for part in node.values
                )
            ]
        case ast.BinOp(op=ast.Add(), left=ast.Constant(value=str(start))):
            return [f"{start}{{{ast.unparse(node.right)}}} added"]
    return None


def known_keys(templates: list[str], place: str) -> tuple[str, ...]:
    """The keys that the templates may become: where a part is put in, every key of the catalogue that fits around it."""
    keys: list[str] = []
    for template in templates:
        if "{" not in template:
            keys.append(template)
            continue
        fitting = re.compile(
            "".join(r"[\w-]+" if part.startswith("{") else re.escape(part) for part in SPLIT(template))
        )
        found = sorted(key for key in KK.keys() if fitting.fullmatch(key))  # noqa: SIM118 - Messages is no mapping
        assert found, f"{place}: no key of the catalogue fits {template}"
        keys += found
    return tuple(keys)


SPLIT = re.compile(r"(\{.*?\}(?: added)?)").split


def is_messages(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "t") or (isinstance(node, ast.Attribute) and node.attr == "t")


def asked_in(path: Path) -> list[Asked]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        place = f"{path.relative_to(ROOT)}:{node.lineno}"
        is_plural = isinstance(node.func, ast.Attribute) and node.func.attr == "plural" and is_messages(node.func.value)
        if is_messages(node.func) or is_plural:
            templates = parts_of_keys(node.args[0])
            if templates is None:
                continue  # a key handed on, such as the label of a column, is looked at where it is written
            given = {keyword.arg for keyword in node.keywords} | ({"count"} if is_plural else set())
            assert None not in given, f"{place}: ** hides what is filled in"
            is_spelt_out = not any("{" in template for template in templates)
            keys = known_keys(templates, place)
            found.append(Asked(place, keys, frozenset(map(str, given)), is_plural, is_spelt_out))
        elif isinstance(node.func, ast.Name) and node.func.id in ("Message", "Refusal"):
            templates = parts_of_keys(node.args[0]) or []  # filled in later, by whoever shows it
            found.append(Asked(place, known_keys(templates, place), None, False, False))
        elif isinstance(node.func, ast.Name) and node.func.id == "Shown":
            templates = parts_of_keys(node.args[1])
            assert templates is not None, f"{place}: the label is not a key that can be looked up"
            found.append(Asked(place, known_keys(templates, place), frozenset(), False, False))
    return found


CODE = [
    ROOT / "app.py",
    ROOT / "scripts" / "bundle.py",
    *(path for folder in ("pages", "rzh_ui", "rzh_data") for path in sorted((ROOT / folder).rglob("*.py"))),
]
ASKED = [asked for path in CODE for asked in asked_in(path)]


def offenders(condition, languages=LANGUAGES):
    """`language key text` of every text that `condition` (of language and text) holds for."""
    return [
        f"{language} {key}: {text}"
        for language in languages
        for key, several in TRANSLATIONS[language].texts().items()
        for text in forms(several)
        if condition(language, text)
    ]


def test_every_language_has_the_same_keys():
    assert KK.keys() == RU.keys() == EN.keys()
    assert len(KK.keys()) > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_stands_once_in_a_catalogue_and_in_order(language):
    """Babel keeps the last of two texts with one key and says nothing."""
    keys = re.findall(r'^msgid "(.+)"$', files(language).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert keys == sorted(set(keys))


def test_every_language_fills_in_the_same_values():
    """Which values a text has a place for, however often; each plural form alike."""
    different = [
        (key, [sorted(names) for names in found])
        for key in sorted(KK.keys())
        for found in [{frozenset(placeholders(form)) for t in (KK, RU, EN) for form in forms(t.texts()[key])}]
        if len(found) > 1
    ]
    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_placeholder_has_a_name_and_no_format_of_its_own(language):
    """A number is written by numbers.py alone; `{value:.1f}` would write it in English."""
    wrong = [
        text
        for several in TRANSLATIONS[language].texts().values()
        for text in forms(several)
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None and (not name.isidentifier() or spec or conversion)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_with_plural_forms_has_all_of_its_language(language):
    several = {key: text for key, text in TRANSLATIONS[language].texts().items() if not isinstance(text, str)}
    assert several.keys() == {key for key, text in EN.texts().items() if not isinstance(text, str)}
    assert {len(text) for text in several.values()} == {FORMS[language]}
    assert catalogue(language).num_plurals == FORMS[language]


def test_no_text_is_empty_or_has_blanks_at_its_ends():
    assert offenders(lambda _, text: not text or text != text.strip() or "  " in text) == []


def test_kazakh_and_russian_texts_are_in_cyrillic_letters():
    """A text with words in it has Cyrillic ones; `{first} → {last}` has none."""
    assert offenders(lambda _, text: bool(words_of(text)) and not has_cyrillic(said(text)), ("kk", "ru")) == []


def test_kazakh_and_russian_texts_hold_no_other_latin_words_than_names():
    def strange(_, text):
        return [word for word in latin(text) if word not in LATIN_WORDS and word.strip("Σᵢ") not in LATIN_SIGNS]

    assert offenders(strange, ("kk", "ru")) == []


def test_no_letter_of_another_alphabet_hides_in_a_word():
    assert mixed("iс-шара") == ["iс"], "a Latin i in a Kazakh word is found"
    assert offenders(lambda _, text: [word for word in mixed(text) if word not in {"xᵢ"}]) == []


def test_english_texts_are_in_latin_letters():
    assert offenders(lambda _, text: has_cyrillic(text), ("en",)) == []


def test_kazakh_is_not_a_copy_of_russian():
    copies = [
        (key, text)
        for key, several in KK.texts().items()
        for text in set(forms(several)) & set(forms(RU.texts()[key]))
        if words_of(text) and said(text).strip() not in SAME_WORDS
    ]
    assert copies == []


def test_russian_texts_hold_kazakh_letters_only_in_names():
    """A Kazakh sentence in the Russian catalogue is in Cyrillic too; its letters give it away. Names stand in «»."""

    def kazakh(_, text):
        return KAZAKH_LETTERS & set(re.sub("«[^»]*»", "", text).lower())

    assert offenders(kazakh, ("ru",)) == []
    assert len(offenders(kazakh, ("kk",))) > 100, "the same look at the Kazakh catalogue finds its letters"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_valid(language):
    """As msgfmt --check: header, encoding, nothing fuzzy or left over, and what is compiled says the same."""
    read = catalogue(language)
    assert str(read.locale) == language
    assert read.charset == "utf-8"
    assert [error for message, errors in read.check() for error in errors] == []
    assert not read.obsolete
    assert not [message.id for message in read if message.id and message.fuzzy]
    compiled = io.BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    texts = TRANSLATIONS[language]
    for key, text in texts.texts().items():
        if isinstance(text, str):
            assert translations.gettext(key) == texts(key) == text
        else:
            for count in (0, 1, 2, 5, 11, 21, 22, 25, 101, 111):
                assert translations.ngettext(key, key, count) == text[gettext.c2py(read.plural_expr)(count)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_cldr(language):
    """Counts that CLDR puts into one form take one form here, and the other way round."""
    rule = Locale(language).plural_form
    choose = gettext.c2py(catalogue(language).plural_expr)
    pairs = {(rule(count), choose(count)) for count in range(2000)}
    assert len(pairs) == FORMS[language] == len({ours for _, ours in pairs})


@pytest.mark.parametrize(
    "count, text",
    [
        (0, "0 регионов"),
        (1, "1 регион"),
        (2, "2 региона"),
        (5, "5 регионов"),
        (11, "11 регионов"),
        (12, "12 регионов"),
        (21, "21 регион"),
        (22, "22 региона"),
        (101, "101 регион"),
        (111, "111 регионов"),
    ],
)
def test_russian_counts_regions_as_russians_do(count, text):
    assert RU.plural("map.region_count", count) == text


def test_kazakh_and_english_count_regions():
    assert [KK.plural("map.region_count", count) for count in (1, 2, 21)] == ["1 өңір", "2 өңір", "21 өңір"]
    assert [EN.plural("map.region_count", count) for count in (0, 1, 2)] == ["0 regions", "1 region", "2 regions"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_key_is_an_error_not_english(language):
    t = TRANSLATIONS[language]
    with pytest.raises(KeyError, match=r"testland\.title"):
        t("testland.title")
    with pytest.raises(KeyError, match=r"testland\.title"):
        t.plural("testland.title", 2)
    with pytest.raises(KeyError, match="plural forms"):
        t("map.region_count")
    with pytest.raises(KeyError, match="no plural forms"):
        t.plural("map.country", 2)


def test_the_scan_of_the_code_sees_every_way_of_asking():
    assert len(ASKED) > 150
    assert {path.name for path in CODE} >= {"overview.py", "funding.py", "controls.py", "region_map.py", "app.py"}
    keys = {key for asked in ASKED for key in asked.keys}
    assert {"overview.menu", "qualifier.about", "table.value_capita", "standout.fell", "map.region_count"} <= keys


def test_every_key_that_the_code_asks_for_is_in_the_catalogues():
    assert [f"{asked.place}: {key}" for asked in ASKED for key in asked.keys if key not in KK] == []


def test_every_message_is_used():
    written = {
        text.value
        for path in CODE
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }
    assert sorted(KK.keys() - {key for asked in ASKED for key in asked.keys} - written) == []


def test_the_code_fills_in_exactly_what_a_text_has_a_place_for():
    wrong = []
    for asked in ASKED:
        for key in asked.keys if asked.is_spelt_out else ():
            text = KK.texts().get(key, "")
            wanted = set().union(*(placeholders(form) for form in forms(text)))
            needless = {"count"} if asked.is_plural else set()  # always given, not always said
            if isinstance(text, str) == asked.is_plural or not wanted <= (asked.given or set()) <= wanted | needless:
                wrong.append(f"{asked.place}: {key} has {sorted(wanted)}, is given {sorted(asked.given or ())}")
    assert wrong == []


def translated_facts():
    """(place, column, language, text) of every translated cell of the facts."""
    for path in sorted(FACTS.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                for column, text in row.items():
                    stem, _, language = column.rpartition("_")
                    if language in LANGUAGES and f"{stem}_kk" in row and f"{stem}_ru" in row and f"{stem}_en" in row:
                        yield f"{path.relative_to(FACTS)}, row {number}", stem, language, text, row


def test_names_and_definitions_of_the_facts_are_in_their_languages():
    wrong = []
    seen = 0
    for place, stem, language, text, row in translated_facts():
        seen += 1
        others = {row[f"{stem}_{other}"] for other in LANGUAGES}
        if not text and others != {""}:
            wrong.append(f"{place}, {stem}_{language}: empty, though another language has a text")
        if language == "en":
            if has_cyrillic(text):
                wrong.append(f"{place}, {stem}_en: {text}")
        elif words_of(text) and (not has_cyrillic(text) or len(latin(text)) > len(words_of(text)) / 2 or mixed(text)):
            wrong.append(f"{place}, {stem}_{language}: {text}")
    assert wrong == []
    assert seen > 500


def test_kazakh_texts_of_the_facts_are_no_copies_of_russian_ones():
    """Names (Атырау, «Туған жер») and single words (Экология) may be the same in both; what is longer may not."""
    copies = [
        f"{place}, {stem}: {text}"
        for place, stem, language, text, row in translated_facts()
        if language == "kk"
        and text == row[f"{stem}_ru"]
        and len(words_of(text)) > 1
        and f"{place.partition('.')[0]}.{stem}" not in SAME_NAMES
    ]
    assert copies == []
    kazakh = [text for _, stem, language, text, _ in translated_facts() if language == "kk" and stem == "definition"]
    assert kazakh and all(KAZAKH_LETTERS & set(text.lower()) for text in kazakh)
