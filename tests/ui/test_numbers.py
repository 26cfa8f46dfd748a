"""Numbers as people write them: grouping, comma, sign, magnitude in words, rounding, and the word for no figure."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from babel import Locale
from babel.numbers import format_decimal, format_percent
from hypothesis import example, given, settings
from hypothesis import strategies as some
from screen import NO_BREAK as N
from screen import TRANSLATIONS

from rzh_data.schema import LANGUAGES
from rzh_ui import numbers

KK, RU, EN = (TRANSLATIONS[language] for language in ("kk", "ru", "en"))
languages = some.sampled_from(LANGUAGES)
quick = settings(max_examples=200, derandomize=True, deadline=None)


def cldr(text: str) -> str:
    """CLDR's text with our minus sign. CLDR and we group by U+00A0 in Kazakh and Russian, not by U+202F."""
    return text.replace("-", numbers.MINUS)


@quick
@given(languages, some.integers(-(10**15), 10**15), some.integers(0, 3))
@example("kk", 274_129_014_477, 0)
@example("ru", -1500, 3)
@example("en", 0, 2)
def test_a_decimal_is_written_as_cldr_writes_it(language, thousandths, decimals):
    """CLDR rounds a tie to the even neighbour, we round away from zero: it is given the number that is rounded already."""
    value = Decimal(thousandths) / 1000
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    wanted = format_decimal(rounded, format="#,##0." + "0" * decimals if decimals else "#,##0", locale=language)
    assert numbers.decimal(float(value), TRANSLATIONS[language], decimals) == cldr(
        wanted if rounded else wanted.lstrip("-")
    )


@quick
@given(languages, some.integers(-1000, 100_000))
def test_a_percentage_is_written_as_cldr_writes_it(language, tenths):
    pattern = Locale(language).percent_formats[None].pattern
    wanted = format_percent(
        Decimal(tenths) / 1000, format=pattern.replace("0%", "0.0%").replace("0\xa0%", "0.0\xa0%"), locale=language
    )
    assert numbers.percent(tenths / 10, TRANSLATIONS[language]) == cldr(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_are_those_of_cldr_but_the_minus(language):
    symbols = Locale(language).number_symbols["latn"]
    assert numbers.SEPARATORS[language] == (symbols["group"], symbols["decimal"])
    assert numbers.MINUS == "\N{MINUS SIGN}"


def test_no_number_breaks_over_two_lines():
    for t in (KK, RU):
        for text in (numbers.quantity(270e9, "KZT", t), numbers.decimal(12345.6, t, 1), numbers.percent(13.5, t)):
            assert not set(text) & {" ", "\t", "\u2009"}


@pytest.mark.parametrize(
    "value, decimals, text",
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.25, 1, "0,3"),
        (2.675, 2, "2,68"),  # in binary a little below the tie
        (1.005, 2, "1,01"),
        (0.4, 0, "0"),
        (-0.4, 0, "0"),
        (-0.0, 0, "0"),
        (-0.04, 1, "0,0"),
        (-0.05, 1, "−0,1"),
        (999.5, 0, f"1{N}000"),
        (1234.5, 1, f"1{N}234,5"),
        (-1234567, 0, f"−1{N}234{N}567"),
        (36_958_434_865, 0, f"36{N}958{N}434{N}865"),
    ],
)
def test_half_goes_away_from_zero_and_nothing_has_no_sign(value, decimals, text):
    assert numbers.decimal(value, KK, decimals) == numbers.decimal(value, RU, decimals) == text


def test_english_has_commas_between_groups_and_a_point():
    assert numbers.decimal(-1234567.5, EN, 1) == "−1,234,567.5"


def test_percent_has_the_sign_of_the_language():
    assert [numbers.percent(13.5, t) for t in (KK, RU, EN)] == ["13,5%", f"13,5{N}%", "13.5%"]
    assert [numbers.quantity(46.9, "percent", t, decimals=1) for t in (KK, RU, EN)] == ["46,9%", f"46,9{N}%", "46.9%"]
    assert numbers.quantity(80, "percent", KK) == "80%"


@pytest.mark.parametrize(
    "value, kk, ru, en",
    [
        (274_129_014_477, "274 млрд", "274 млрд", "274 bn"),
        (36_958_434_865, "37,0 млрд", "37,0 млрд", "37.0 bn"),
        (1_667_000_000, "1,67 млрд", "1,67 млрд", "1.67 bn"),
        (5_732_664, "5,73 млн", "5,73 млн", "5.73 m"),
        (46_900, "46,9 мың", "46,9 тыс.", "46.9 k"),
        (1_000, "1,00 мың", "1,00 тыс.", "1.00 k"),
        (2_500_000_000_000, "2,50 трлн", "2,50 трлн", "2.50 trn"),
        (-46_900, "−46,9 мың", "−46,9 тыс.", "−46.9 k"),
        (999, "999", "999", "999"),
        (12.345, "12,3", "12,3", "12.3"),
        (0, "0", "0", "0"),
    ],
)
def test_a_large_number_has_three_digits_and_its_magnitude_as_a_word(value, kk, ru, en):
    assert [numbers.scaled(value, t).replace(N, " ") for t in (KK, RU, EN)] == [kk, ru, en]


@pytest.mark.parametrize(
    "value, text",
    [
        (999_499, "999 мың"),
        (999_500, "1,00 млн"),
        (999_999, "1,00 млн"),
        (999_999_999, "1,00 млрд"),
        (999_999_999_999, "1,00 трлн"),
        (-999_999, "−1,00 млн"),
        (999_999_999_999_999, "1 000 трлн"),  # there is no greater word
    ],
)
def test_what_rounds_to_a_thousand_takes_the_next_word(value, text):
    assert numbers.scaled(value, KK).replace(N, " ") == text


@quick
@given(some.floats(1, 1e14))
def test_a_scaled_number_is_near_the_number(value):
    """Read back, the text is off by at most half of its third digit; never `1000 thousand`."""
    number, _, word = numbers.scaled(value, EN).replace(",", "").partition(N)
    sizes = {"": 1.0, **{EN(f"scale.{name}"): size for size, name in numbers.SCALES}}
    assert float(number) < 1000 or word == EN("scale.trillion") or not word
    assert math.isclose(float(number) * sizes[word], value, rel_tol=0.00501)


@pytest.mark.parametrize(
    "value, unit, text",
    [
        (5_000_000_000, "KZT", "5 млрд ₸"),
        (1_500_000_000, "KZT", "1,5 млрд ₸"),
        (200_000_000, "KZT", "200 млн ₸"),
        (500, "KZT", "500 ₸"),
        (0.5, "KZT", "0,5 ₸"),
        (300_000, "KZT", "300 000 ₸"),
        (10, "percent", "10%"),
        (2.5, "percent", "2,5%"),
        (10, "KZT/KZT", "10 ₸"),
        (200, "persons", "200"),
    ],
)
def test_a_class_break_is_as_short_as_it_can_be(value, unit, text):
    assert numbers.quantity(value, unit, KK, decimals=1, is_round=True).replace(N, " ") == text


@pytest.mark.parametrize("digit", [1, 2, 3, 5])
@pytest.mark.parametrize("power", range(-2, 13))
def test_no_round_break_loses_or_gains_a_digit(digit, power):
    value = float(f"{digit}e{power}")
    number, _, word = numbers.quantity(value, "KZT", EN, is_round=True).removesuffix(f"{N}₸").partition(N)
    sizes = {"": 1.0, **{EN(f"scale.{name}"): size for size, name in numbers.SCALES}}
    assert float(number.replace(",", "")) * sizes[word] == pytest.approx(value, rel=1e-12)
    assert "." not in number or not number.endswith("0")


@pytest.mark.parametrize(
    "value, options, text",
    [
        (274_129_014_477, {}, "274 млрд ₸"),
        (274_129_014_477, {"is_short": False}, "274 129 014 477 ₸"),
        (1_000_000, {}, "1,00 млн ₸"),
        (999_999, {}, "999 999 ₸"),
        (14_832.41, {"decimals": 2}, "14 832,41 ₸"),
        (14_832, {"decimals": 2}, "14 832 ₸"),
        (-5_000_000, {}, "−5,00 млн ₸"),
    ],
)
def test_tenge_are_short_from_a_million_and_otherwise_whole(value, options, text):
    assert numbers.quantity(value, "KZT", KK, **options).replace(N, " ") == text


@pytest.mark.parametrize(
    "value, unit, options, text",
    [
        (7.417, "KZT/KZT", {"decimals": 1}, "7,4 ₸"),
        (6_173, "count", {}, "6 173"),
        (58_100_000, "persons", {}, "58,1 млн"),
        (58_100_000, "persons", {"is_short": False}, "58 100 000"),
        (46_900, "persons", {}, "46 900"),
        (23.4, "times", {"decimals": 1}, "23,4"),
    ],
)
def test_a_figure_carries_its_unit(value, unit, options, text):
    assert numbers.quantity(value, unit, KK, **options).replace(N, " ") == text


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
@pytest.mark.parametrize("unit", ["KZT", "percent", "persons", "KZT/KZT"])
def test_no_figure_is_a_word_and_never_zero(missing, unit):
    assert [numbers.quantity(missing, unit, t) for t in (KK, RU, EN)] == [t("figure.missing") for t in (KK, RU, EN)]
    assert numbers.is_missing(missing)


def test_a_printed_zero_is_a_figure():
    assert not numbers.is_missing(0)
    assert numbers.quantity(0, "persons", KK) == "0"
    assert numbers.quantity(0, "KZT", KK) == f"0{N}₸"


def test_a_qualifier_becomes_a_word_or_a_sign_and_an_exact_figure_stays_bare():
    assert numbers.qualified("12", "=", KK) == "12"
    assert numbers.qualified("12", "~", KK) == "шамамен 12"
    for t in (KK, RU, EN):
        texts = {numbers.qualified("12", qualifier, t) for qualifier in ("=", ">", ">=", "~", "<", "<=")}
        assert len(texts) == 6 and all("12" in text for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axes_and_tooltips_are_written_by_the_same_rules(language):
    t = TRANSLATIONS[language]
    locale = numbers.vega_locale(t)["number"]
    point, group = locale["decimal"], locale["thousands"]
    assert numbers.decimal(-1234.5, t, 1) == f"{locale['minus']}1{group}234{point}5"
    assert numbers.percent(5, t, 0) == f"5{locale['percent']}"
    assert locale["grouping"] == [3]
    assert locale["currency"] == ["", f"{N}₸"]
