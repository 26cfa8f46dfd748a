"""The presentation in a browser: by keyboard alone, with the network off, in large type, and nothing of Streamlit's around."""

from __future__ import annotations

import re
import shutil
from typing import Any

import pytest
import segno
from axe_playwright_python.sync_playwright import Axe
from dashboard import PHONE, Server, Visit, parameters, settled
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from rzh_data.schema import LANGUAGES
from rzh_ui import story
from rzh_ui.i18n import messages
from rzh_ui.presentation import code, step_address

HALL = (1920, 1080)
STEPS = story.read().steps
KK, RU = messages("kk"), messages("ru")
IN_TURN = """() => {
  const seen = (window.__seen = []);
  const shell = [...document.querySelectorAll("*")].map((one) => one.shadowRoot?.querySelector(".deck-root")).find(Boolean);
  const look = () => {
    const now = [...shell.querySelectorAll(".slide")].filter((slide) => slide.checkVisibility({ visibilityProperty: true }));
    seen.push(now.map((slide) => slide.dataset.step + ":" + slide.closest(".deck").lang).join("+"));
    window.__looking = requestAnimationFrame(look);
  };
  look();
  new MutationObserver((changes) => {
    for (const change of changes) if (change.target.matches?.("svg, svg *")) seen.push("redrawn");
  }).observe(shell, { subtree: true, childList: true });
}"""
"""Notes at each frame which steps are to be seen, and whether anything is drawn anew."""


def now(page: Page) -> str:
    """The step that is shown: there is exactly one."""
    shown = page.locator(".slide.now")
    expect(shown).to_have_count(1)
    return str(shown.get_attribute("data-step"))


def title(page: Page) -> str:
    return page.locator(".slide.now h2").inner_text()


def told(position: int, language: str) -> story.Told:
    return story.told(STEPS[position - 1], messages(language))


def same(shown: str, said: str) -> bool:
    return re.sub(r"\s", " ", shown) == re.sub(r"\s", " ", said)


@pytest.fixture
def hall(visit: Visit) -> Page:
    page = visit("present?lang=kk", size=HALL)
    page.context.set_offline(False)  # whatever a test before this one left behind
    page.wait_for_selector(".slide.now")
    page.wait_for_timeout(1000)  # the other languages are made while nobody waits
    return page


def test_a_session_is_given_by_keyboard_alone_in_kazakh_with_the_network_off(hall: Page) -> None:
    hall.context.set_offline(True)
    assert same(title(hall), told(1, "kk").title)
    for position, key in enumerate(["ArrowRight", "PageDown", "Space", "ArrowDown"], start=2):
        hall.keyboard.press(key)
        assert now(hall) == STEPS[position - 1].id
        assert same(title(hall), told(position, "kk").title)
        assert parameters(hall)["slide"] == str(position)
    for _ in STEPS:
        hall.keyboard.press("PageDown")
    assert now(hall) == STEPS[-1].id  # the last step stays
    for position, key in ((len(STEPS) - 1, "PageUp"), (len(STEPS) - 2, "ArrowLeft"), (1, "Home"), (len(STEPS), "End")):
        hall.keyboard.press(key)
        assert now(hall) == STEPS[position - 1].id
    hall.keyboard.press("Home")
    hall.keyboard.press("o")
    cards = hall.locator(".sheet .card")
    expect(cards).to_have_count(len(STEPS))
    assert hall.evaluate("document.activeElement.shadowRoot.activeElement.getAttribute('aria-current')") == "step"
    for _ in range(3):
        hall.keyboard.press("Tab")
    hall.keyboard.press("Enter")
    assert now(hall) == STEPS[3].id
    hall.keyboard.press("h")
    expect(hall.locator(".sheet .keys li")).to_have_count(10)
    hall.keyboard.press("Escape")
    expect(hall.locator(".sheet")).to_have_count(0)
    hall.keyboard.press("d")
    expect(hall.locator(".deck-root.dark")).to_have_count(1)
    hall.keyboard.press("f")
    hall.wait_for_function("document.fullscreenElement !== null")
    hall.keyboard.press("f")
    hall.wait_for_function("document.fullscreenElement === null")
    hall.keyboard.press("Escape")  # nobody to lead out: the step stays, and says so
    expect(hall.locator(".notice")).to_have_text(KK("present.no_server"))
    assert now(hall) == STEPS[3].id
    hall.context.set_offline(False)
    hall.keyboard.press("Escape")
    hall.wait_for_url(re.compile(r"/\?lang=kk$"))


def test_the_languages_change_at_once_on_the_same_step_with_the_network_off(hall: Page) -> None:
    hall.context.set_offline(True)
    hall.keyboard.press("End")
    for key, language in (("2", "ru"), ("3", "en"), ("1", "kk")):
        hall.keyboard.press(key)
        assert same(title(hall), told(len(STEPS), language).title)
        assert parameters(hall)["lang"] == language
        assert hall.evaluate("document.documentElement.lang") == language
        assert told(len(STEPS), language).title in hall.title()
    hall.context.set_offline(False)


def test_a_change_of_step_shows_no_frame_without_a_step_with_two_or_with_one_drawn_anew(hall: Page) -> None:
    hall.evaluate(IN_TURN)
    for key in ["ArrowRight"] * 5 + ["2", "ArrowLeft", "1"]:
        hall.keyboard.press(key)
        hall.wait_for_timeout(60)
    frames = hall.evaluate("window.__seen")
    assert all(re.fullmatch(r"\w+:(kk|ru)", frame) for frame in frames), set(frames)
    turns = [frame for before, frame in zip(["", *frames], frames, strict=False) if frame != before]
    walked = [f"{step.id}:kk" for step in STEPS[:6]]
    assert turns == [*walked, f"{STEPS[5].id}:ru", f"{STEPS[4].id}:ru", f"{STEPS[4].id}:kk"]


@pytest.mark.parametrize("size", [HALL, (1366, 768)])
def test_a_step_is_large_whole_and_names_its_source(size: tuple[int, int], visit: Visit) -> None:
    page = visit("present?lang=kk", size=size)
    page.wait_for_selector(".slide.now")
    least = size[1] / 1080
    for step in STEPS:
        assert now(page) == step.id
        measured: dict[str, Any] = page.locator(".slide.now").evaluate(
            """slide => {
              const size = (one) => parseFloat(getComputedStyle(one).fontSize);
              const drawing = slide.querySelector("svg.hall");
              const scale = drawing.getScreenCTM().a;
              const inside = (one) => {
                const place = one.getBoundingClientRect();
                return place.left >= -1 && place.top >= -1 && place.right <= innerWidth + 1 && place.bottom <= innerHeight + 1;
              };
              return {
                title: size(slide.querySelector("h2")),
                labels: Math.min(...[...drawing.querySelectorAll("text")].map((one) => size(one) * scale)),
                sentence: size(slide.querySelector(".sentence")),
                outside: [...slide.querySelectorAll("h2, p, figure, .foot, text")]
                  .filter((one) => one.checkVisibility() && !inside(one)).map((one) => one.textContent),
                overlap: slide.querySelector(".figure").getBoundingClientRect().bottom
                  > slide.querySelector(".sentence").getBoundingClientRect().top + 1,
                source: slide.querySelector(".source").textContent,
              };
            }"""
        )
        assert measured["title"] >= 40 * least
        assert measured["sentence"] >= 24 * least
        assert measured["labels"] >= 23.9 * least, (step.id, measured["labels"] / least)
        assert measured["outside"] == [], step.id
        assert not measured["overlap"], step.id
        assert measured["source"].startswith(KK("source.line", places="").strip())
        page.keyboard.press("ArrowRight")


def test_nothing_of_streamlit_is_around_the_step(hall: Page) -> None:
    for part in ("stHeader", "stToolbar", "stStatusWidget", "stSidebar"):
        for found in hall.locator(f"[data-testid={part}]").all():
            expect(found).not_to_be_visible()
    expect(hall.locator(".st-key-filters")).to_have_count(0)
    expect(hall.locator(".tools")).to_have_css("opacity", "0", timeout=6_000)  # the bar hides when nothing moves
    covered = hall.evaluate(
        """() => [[5, 5], [innerWidth / 2, 5], [innerWidth - 5, innerHeight - 5], [innerWidth / 2, innerHeight / 2]]
             .map(([x, y]) => document.elementFromPoint(x, y)?.shadowRoot !== null)"""
    )
    assert covered == [True] * 4
    hall.mouse.move(400, 400)
    expect(hall.locator(".tools")).to_have_css("opacity", "1")


def test_a_link_opens_its_step_and_a_wrong_one_the_first_with_a_word(visit: Visit) -> None:
    page = visit("present?lang=ru&slide=5", size=HALL)
    page.wait_for_selector(".slide.now")
    assert now(page) == STEPS[4].id
    assert same(title(page), told(5, "ru").title)
    page.goto(page.url.replace("slide=5", "slide=99"))
    page.wait_for_selector(".slide.now")
    assert now(page) == STEPS[0].id
    expect(page.locator(".notice")).to_have_text(RU("present.unknown_slide"))


def test_files_are_taken_away_in_the_language_that_is_shown(hall: Page) -> None:
    hall.keyboard.press("2")
    for ending, begins in (("pdf", b"%PDF"), ("pptx", b"PK")):
        hall.mouse.move(300, 300)
        hall.mouse.move(320, 300)
        with hall.expect_download() as taken:
            hall.locator(f".st-key-present_{ending}_ru button").click()
        assert taken.value.suggested_filename == f"rukhani_zhangyru_ru.{ending}"
        assert taken.value.path().read_bytes().startswith(begins)
        expect(hall.locator(f".st-key-present_{ending}_kk button")).not_to_be_visible()
    assert now(hall) == STEPS[0].id  # taking a file away does not move the hall's screen


@pytest.fixture
def named(playwright: Playwright) -> Any:
    """A browser for which the server has a name that another machine could open."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    launched: Browser = playwright.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP karta.test 127.0.0.1"],
    )
    yield launched
    launched.close()


def test_the_code_leads_the_audience_to_the_step_that_is_shown(named: Browser, server: Server) -> None:
    context: BrowserContext = named.new_context(viewport={"width": HALL[0], "height": HALL[1]})
    page = context.new_page()
    page.goto(f"http://karta.test:{server.port}/present?lang=kk&slide=3")
    page.wait_for_selector(".slide.now")
    for position, language, key in ((3, "kk", ""), (4, "kk", "ArrowRight"), (4, "ru", "2")):
        if key:
            page.keyboard.press(key)
        address = step_address(f"http://karta.test:{server.port}/present", position, language)
        drawn = page.locator(".slide.now .code path").evaluate_all("paths => paths.map((one) => one.getAttribute('d'))")
        wanted = re.findall(r' d="([^"]+)"', code(address))
        assert drawn == wanted
        assert segno.make(address, error="m", micro=False).symbol_size(scale=1, border=0)[0] >= 21
    page.keyboard.press("q")
    expect(page.locator(".large-code")).to_be_visible()
    expect(page.locator(".only-here")).to_have_text(address)


@pytest.mark.parametrize("size", [HALL, (1440, 900)])
def test_the_overview_is_whole_on_one_screen(size: tuple[int, int], visit: Visit) -> None:
    page = visit("present?lang=kk", size=size)
    page.wait_for_selector(".slide.now")
    page.keyboard.press("o")
    cards = page.locator(".sheet .card")
    expect(cards).to_have_count(len(STEPS))
    places = cards.evaluate_all("cards => cards.map((one) => one.getBoundingClientRect().bottom)")
    assert max(places) <= size[1]
    letters = cards.evaluate_all("cards => cards.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    assert min(letters) >= 20 * size[1] / 1080 * 0.89  # a screen of 16:10 is as wide as one of 16:9 of less height


def test_on_the_presenters_own_computer_no_code_is_shown_and_it_is_said_why(hall: Page) -> None:
    expect(hall.locator(".slide.now .code")).to_have_count(0)
    hall.keyboard.press("q")
    expect(hall.locator(".only-here")).to_have_text(KK("present.only_here", file="story.toml"))


def test_axe_finds_no_serious_barrier_by_day_or_night_in_any_language(visit: Visit) -> None:
    page = visit("present?lang=kk&slide=3", size=(1280, 900))
    page.wait_for_selector(".slide.now")
    page.mouse.move(300, 300)
    found = []
    for keys in ("", "2", "3", "d", "2", "1", "o", "h"):
        if keys:
            page.keyboard.press(keys)
            page.mouse.move(300 + len(found), 310)
        if keys in ("1", "2", "3"):
            expect(page.locator(".slide.now")).to_be_visible()
            assert page.evaluate("document.documentElement.lang") == LANGUAGES[int(keys) - 1]
        said = Axe().run(
            page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
        )
        found += [
            (keys, violation["id"], str(node["target"]), node["failureSummary"])
            for violation in said.response["violations"]
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]
    assert found == []


def test_a_phone_reads_a_step_as_a_page_without_pushing_it_sideways(visit: Visit) -> None:
    page = visit("present?lang=kk&slide=3", size=PHONE)
    page.wait_for_selector(".slide.now")
    for position in (3, 4, 8, 14):
        while int(parameters(page).get("slide", "1")) < position:
            page.get_by_role("button", name=KK("present.next")).click()
        wide = page.locator(".slide.now").evaluate(
            """slide => [...slide.querySelectorAll("*")].filter((one) => one.checkVisibility()
                 && one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.tagName + one.textContent.slice(0, 30))"""
        )
        assert wide == [], position
        expect(page.locator(".slide.now svg.phone")).to_be_visible()
        expect(page.locator(".slide.now svg.hall")).not_to_be_visible()
        small = page.locator(".slide.now svg.phone text").evaluate_all(
            "texts => Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize) * one.ownerSVGElement.getScreenCTM().a))"
        )
        assert small >= 12
    targets = page.locator(".tools button:visible").evaluate_all(
        "buttons => buttons.map((one) => Math.min(one.offsetWidth, one.offsetHeight))"
    )
    assert min(targets) >= 24
    page.get_by_role("link", name=KK("present.open_view")).locator("visible=true").first.click()
    page.wait_for_url(re.compile(r"/principles\?"))
    settled(page)
