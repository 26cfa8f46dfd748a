"""Names are found in three languages, in Latin letters, with a slip of the finger; and the reason is told."""

from __future__ import annotations

import pytest

from rzh_data.search import Entry, find, plain


@pytest.fixture(scope="module")
def entries(real_store):
    return [
        Entry(row["facet"], row["id"], tuple((one, row[f"name_{one}"]) for one in ("kk", "ru", "en")))
        for row in real_store.rows("explorer_names")
        if row["facet"] in ("region", "indicator")
    ]


@pytest.mark.parametrize(
    "region, ways",
    [
        (
            "pavlodar",
            "Павлодар; павлодарская; pavlodar; Pavlodarskaia; pvlodar; Pavlodra; павлодра; pavlador; павладор; ПАВЛОДАР",
        ),
        ("kostanay", "Қостанай; Костанай; Kostanay; Qostanai; Qostanay; Kostanaj; костонай; qastanai"),
        ("shymkent", "Шымкент; Shymkent; Şymkent; Symkent; Шимкент; shimkent"),
        ("zhambyl", "Жамбыл; Zhambyl; Jambyl; Jambıl; Жамбил; jambul"),
        ("turkestan", "Түркістан; Туркестанская; Turkestan; Turkistan; Türkistan; Túrkistan"),
        ("nur_sultan", "Нұр-Сұлтан; Нур-Султан; Nur-Sultan; nursultan; нурсултан"),
        (
            "west_kazakhstan",
            "Батыс Қазақстан; batys qazaqstan; Западно-Казахстанская; zapadno kazahstanskaya; west kazakhstan",
        ),
        ("north_kazakhstan", "Солтүстік Қазақстан; soltustik; Severo-Kazakhstan; soltústik"),
        ("aktobe", "Ақтөбе; Aqtöbe; Aqtobe; Aktobe; aktyubinsk; Актюбинская"),
        ("mangystau", "Маңғыстау; Mańǵystaý; Mañğystau; Mangistau; Мангистауская; mangistauskaya"),
        ("kyzylorda", "Қызылорда; Qyzylorda; Kyzylorda; Кызылорда; kizilorda"),
        ("kazakhstan", "Қазақстан; Qazaqstan; Kazakhstan; Казахстан"),
    ],
)
def test_a_region_is_found_however_it_is_written(region, ways, entries):
    missed = {
        way: find(way, entries)[:2]
        for way in ways.split("; ")
        if region not in {hit.entry_id for hit in find(way, entries)}
    }
    assert missed == {}


@pytest.mark.parametrize(
    "indicator, ways",
    [
        ("tugan_zher_sponsors", "демеушілер; demeushiler; спонсор; sponsors; demewshiler; demeushler"),
        ("textbooks", "оқулық; oqulyq; okulyk; учебник; uchebnik; textbook; textbok"),
    ],
)
def test_an_indicator_is_found_by_a_word_of_its_name(indicator, ways, entries):
    for way in ways.split("; "):
        assert indicator in {hit.entry_id for hit in find(way, entries, most=12)}, way


def test_a_hit_tells_why(entries):
    exact, latin, slip = (find(words, entries)[0] for words in ("Павлодар", "qostanaı", "Павладар"))
    assert (exact.is_transliterated, exact.is_slip, exact.score) == (False, False, 100)
    assert (latin.entry_id, latin.is_slip) == ("kostanay", False)
    assert (slip.entry_id, slip.is_transliterated, slip.is_slip) == ("pavlodar", False, True)
    assert find("soltustik", entries)[0].is_transliterated
    assert exact.score > slip.score


def test_words_that_mean_nothing_find_nothing(entries):
    for words in ("", " ", "а", "x", "qwertyuiop", "ъъъъ", "12345", "'; DROP TABLE regions; --", "\u202e" * 9, "🗺🗺"):
        assert find(words, entries) == [], words


def test_an_exact_name_stands_before_a_similar_one(entries):
    assert find("Атырау", entries)[0].entry_id == "atyrau"
    assert [hit.entry_id for hit in find("Алматы", entries)][:2] == ["almaty_city", "almaty_region"]


def test_every_alphabet_of_kazakh_becomes_the_same():
    for ways in (
        ("Қостанай", "Qostanai", "Qostanaı", "Kostanay"),
        ("Шымкент", "Şymkent", "Shymkent"),
        ("Жаңғыру", "Jañğyru", "Zhangyru", "Jańǵyrý"),
        ("Өңір", "Öñir", "Óńir"),
    ):
        assert len({plain(way) for way in ways}) == 1, [plain(way) for way in ways]
