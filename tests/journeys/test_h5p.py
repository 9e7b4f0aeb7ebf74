"""An exported scenario plays in somebody else's player: by keyboard, to the score it has here."""

import os
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from modules.h5p.content import Files, Packed, content_of
from modules.h5p.package import package
from modules.rules.h5p_scoring import Answer, Rescored, rescored
from modules.rules.scenario import Made, Picture, Recording, Scenario, play
from modules.rules.scenario_score import Score, score
from tests.journeys.accessibility import assert_accessible
from tests.journeys.h5p_host import PLAYER, H5PHost, h5p_host
from tests.journeys.watch import Watch
from tests.modules.h5p_scenarios import ODD, SILENCE, drawing
from tests.modules.scenarios import dishes

WEAK: Made = {"eerst": ["straks"], "beloof": ["tuurlijk"]}
STRONG: Made = {"eerst": ["vraag"], "beloof": ["eerlijk"]}
INSTANCE = "H5P.instances[0]"


def story() -> Scenario:
    """The dishes, with something to see and to hear, and marks that are no HTML."""
    scenario = dishes()
    first = replace(
        scenario.nodes[0],
        text=ODD,
        picture=Picture("", 40, 30, "Een aanrecht & kraan"),
        recording=Recording("", "Het is stil & donker."),
    )
    end = replace(scenario.nodes[-1], text="Tot morgen.")
    note = "Een verhaal over geld.\n\nU kunt op elk moment stoppen."
    return replace(scenario, nodes=(first, *scenario.nodes[1:-1], end), note=note)


@pytest.fixture(scope="module")
def host() -> Iterator[H5PHost]:
    if not PLAYER.exists():
        pytest.fail("make hosts") if os.environ.get("CI") else pytest.skip("make hosts")
    files = Files(
        pictures={0: Packed("images/keuken.png", "image/png", 40, 30)},
        recordings={0: Packed("audios/stilte.wav", "audio/wav")},
    )
    names = {"C3": "Gesprek", "C7": "Beloven"}
    content = content_of(story(), language="nl", competencies=names, files=files, is_concept=True)
    media = {"images/keuken.png": drawing(), "audios/stilte.wav": SILENCE}
    with h5p_host() as running:
        running.take(package("Tom & Jo", content, media))
        yield running


@pytest.fixture
def narrow(browser: Browser, host: H5PHost) -> Iterator[Page]:
    """A page of 320 px wide; at the end no complaint of the browser may be left."""
    context = browser.new_context(viewport={"width": 320, "height": 700}, locale="nl-NL")
    context.set_default_timeout(10_000)
    watch = Watch(context, host.url)
    yield context.new_page()
    context.close()
    watch.assert_quiet()


def press(page: Page, name: str) -> None:
    """Go to the button by Tab and press it, as somebody without a mouse."""
    for _stop in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"no way to “{name}” by keyboard")


def is_open(page: Page) -> bool:
    return page.get_by_role("radio").count() > 0


def go_on_to_decision(page: Page) -> None:
    while not is_open(page):
        press(page, "Verder")


def choose(page: Page, choice: str) -> None:
    """By the arrows, and Enter: the radio buttons are one stop of Tab."""
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _arrow in range(5):
        if page.evaluate("document.activeElement.value") == choice:
            break
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == choice
    page.keyboard.press("Enter")


def go_to_the_end(page: Page) -> None:
    while page.get_by_role("button", name="Verder").count():
        press(page, "Verder")


def walk(page: Page, made: Made) -> None:
    for ids in made.values():
        go_on_to_decision(page)
        choose(page, ids[0])
    go_to_the_end(page)


def told(page: Page, verb: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("window.statements")
    return [one for one in found if one["verb"]["id"].endswith(f"/{verb}")]


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(page)


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.innerText")
    return text


def test_a_road_by_keyboard_gives_the_score_that_it_has_here(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    assert narrow.get_by_text("U kunt op elk moment stoppen.").is_visible()
    assert narrow.get_by_text("Dit gesprek is een concept").is_visible()
    assert_fits(narrow)
    press(narrow, "Begin")
    assert focused(narrow).startswith(ODD.split("\n\n")[0])
    assert narrow.get_by_alt_text("Een aanrecht & kraan").evaluate("one => one.naturalWidth") == 40
    assert_fits(narrow)
    go_on_to_decision(narrow)
    assert_fits(narrow)
    choose(narrow, "straks")
    assert "Ze kijkt op." in focused(narrow)
    assert not narrow.get_by_text("Omdat het zo is.").is_visible()  # the verdict comes after
    press(narrow, "Verder")
    assert focused(narrow).startswith("Waarom: bruikbaar")
    assert_fits(narrow)
    go_on_to_decision(narrow)
    choose(narrow, "tuurlijk")
    go_to_the_end(narrow)
    assert "Op de meeste momenten kon het sterker." in focused(narrow)
    assert "2 van de 6 punten" in focused(narrow)
    assert narrow.get_by_text("Keuze eerlijk").is_visible()  # the stronger road
    assert narrow.get_by_text("0800-2000").is_visible()
    assert_fits(narrow)
    assert_told(narrow, WEAK)


def told_by(page: Page) -> list[Answer]:
    """What the page told, as the server keeps it."""
    statements: list[dict[str, Any]] = page.evaluate("window.statements")
    return [
        Answer(
            one["object"]["id"].partition("?subContentId=")[2],
            one["verb"]["id"].rpartition("/")[2],
            one.get("result", {}).get("response", ""),
        )
        for one in statements
    ]


def assert_scored_again(answers: list[Answer], expected: Score) -> None:
    """By the road that the whole tells, and by the decisions alone."""
    content = content_of(story(), language="nl", competencies={}, files=Files())
    decisions = [one for one in answers if one.sub_content_id]
    for told in (answers, decisions):
        found = rescored("Opmerkzaam.Gesprek", content, told)
        assert found == Rescored(expected.earned, expected.attainable, None)


def assert_told(page: Page, made: Made) -> None:
    """The statements carry the score of the same road by the rules in Python."""
    expected = score(play(story(), made).path)
    [whole] = told(page, "completed")
    assert whole["result"]["score"]["raw"] == expected.earned
    assert whole["result"]["score"]["max"] == expected.attainable
    assert whole["result"]["score"]["scaled"] == pytest.approx(expected.share, abs=1e-4)
    assert whole["result"]["completion"] is True
    road = "[,]".join(f"{name}[.]{ids[0]}" for name, ids in made.items())
    assert whole["result"]["response"] == road
    assert_scored_again(told_by(page), expected)
    assert "success" not in whole["result"]
    assert "parent" not in whole["context"]["contextActivities"]
    assert list(whole["result"]["extensions"].values()) == [pytest.approx(expected.per_competency)]
    parts = told(page, "answered")
    assert [part["result"]["response"] for part in parts] == [ids[0] for ids in made.values()]
    points = [(part["result"]["score"]["raw"], part["result"]["score"]["max"]) for part in parts]
    path = play(story(), made).path
    assert points == [(choice.points, node.best_points) for node, choice in path]
    for part in parts:
        assert part["context"]["contextActivities"]["parent"][0]["id"] == whole["object"]["id"]
        assert part["object"]["id"].startswith(f"{whole['object']['id']}?subContentId=")
    assert len({part["object"]["id"] for part in parts}) == len(parts)


def test_the_strongest_road_gives_everything(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    press(narrow, "Begin")
    walk(narrow, STRONG)
    assert_told(narrow, STRONG)
    assert not narrow.get_by_text("Een sterkere weg").is_visible()


def test_half_way_one_goes_on_where_one_was(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    press(narrow, "Begin")
    go_on_to_decision(narrow)
    choose(narrow, "straks")
    go_on_to_decision(narrow)
    order = [radio.get_attribute("value") for radio in narrow.get_by_role("radio").all()]
    state = narrow.evaluate(f"{INSTANCE}.getCurrentState()")
    host.open(narrow, state)
    assert [radio.get_attribute("value") for radio in narrow.get_by_role("radio").all()] == order
    assert narrow.get_by_text("Keuze straks").is_visible()
    assert told(narrow, "answered") == []
    narrow.get_by_role("radio").first.focus()
    narrow.keyboard.press("Shift+Tab")
    choose(narrow, "tuurlijk")
    go_to_the_end(narrow)
    [answer] = told(narrow, "answered")
    assert [one["id"] for one in answer["object"]["definition"]["choices"]] == order
    [whole] = told(narrow, "completed")
    assert (whole["result"]["score"]["raw"], whole["result"]["score"]["max"]) == (2, 6)
    report = narrow.evaluate(f"{INSTANCE}.getXAPIData()")
    answers = [child["statement"]["result"]["response"] for child in report["children"]]
    assert answers == ["straks", "tuurlijk"]
    assert report["statement"]["result"]["score"]["raw"] == 2
    assert report["statement"]["result"]["response"] == "eerst[.]straks[,]beloof[.]tuurlijk"


def test_a_finished_one_stays_finished_and_tells_nothing_again(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    press(narrow, "Begin")
    walk(narrow, WEAK)
    host.open(narrow, narrow.evaluate(f"{INSTANCE}.getCurrentState()"))
    assert narrow.get_by_text("2 van de 6 punten").is_visible()
    assert told(narrow, "completed") == []


def test_another_road_afterwards_is_practice(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    press(narrow, "Begin")
    walk(narrow, WEAK)
    before = len(narrow.evaluate("window.statements"))
    press(narrow, "Probeer een andere weg")
    walk(narrow, STRONG)
    assert "telt uw eerste keer: 2 van de 6 punten" in focused(narrow)
    assert len(narrow.evaluate("window.statements")) == before
    assert narrow.evaluate(f"{INSTANCE}.getScore()") == 2
    assert narrow.evaluate(f"{INSTANCE}.getMaxScore()") == 6
    assert_fits(narrow)


def test_a_host_can_begin_anew(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    assert narrow.evaluate(f"{INSTANCE}.getAnswerGiven()") is False
    assert narrow.evaluate(f"{INSTANCE}.getMaxScore()") == 6
    assert narrow.evaluate(f"{INSTANCE}.getCurrentState()") == {}
    press(narrow, "Begin")
    walk(narrow, WEAK)
    assert narrow.evaluate(f"{INSTANCE}.getAnswerGiven()") is True
    narrow.evaluate(f"{INSTANCE}.resetTask()")
    assert narrow.evaluate(f"{INSTANCE}.getAnswerGiven()") is False
    assert narrow.evaluate(f"{INSTANCE}.getScore()") == 0
    narrow.keyboard.press("Escape")
    press(narrow, "Begin")
    walk(narrow, STRONG)
    assert narrow.evaluate(f"{INSTANCE}.getScore()") == 6


def test_solutions_show_the_road_so_far(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    press(narrow, "Begin")
    go_on_to_decision(narrow)
    choose(narrow, "straks")
    narrow.evaluate(f"{INSTANCE}.showSolutions()")
    assert narrow.get_by_text("De weg die u ging").is_visible()
    assert narrow.get_by_text("Keuze vraag").is_visible()
    assert not is_open(narrow)
    assert_fits(narrow)


def test_choosing_nothing_is_told_and_tells_the_host_nothing(host: H5PHost, narrow: Page) -> None:
    host.open(narrow)
    press(narrow, "Begin")
    go_on_to_decision(narrow)
    press(narrow, "Dit doe ik")
    assert narrow.get_by_role("alert").inner_text() == "Kies eerst wat u doet."
    assert narrow.evaluate("document.activeElement.type") == "radio"
    assert told(narrow, "answered") == []
    assert_fits(narrow)


@pytest.mark.parametrize(
    "state",
    [
        {"format": 2, "first": {}},
        {"format": 1, "first": "niets"},
        {"format": 1, "first": {"eerst": ["weg"]}, "begun": True, "seen": 99},
        {"format": 1, "first": {"elders": ["x"]}, "begun": True, "seen": -3, "again": 7},
        {"something": "of another library"},
    ],
)
def test_a_state_that_does_not_fit_hinders_nobody(
    host: H5PHost, narrow: Page, state: dict[str, Any]
) -> None:
    host.open(narrow, state)
    if narrow.get_by_role("button", name="Begin").count():
        press(narrow, "Begin")
    go_on_to_decision(narrow)
    if is_open(narrow):
        narrow.get_by_role("radio").first.focus()
        narrow.keyboard.press("Shift+Tab")
    choose(narrow, "vraag")
    go_on_to_decision(narrow)
    choose(narrow, "eerlijk")
    go_to_the_end(narrow)
    assert narrow.evaluate(f"{INSTANCE}.getScore()") == 6
