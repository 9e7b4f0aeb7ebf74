"""A module with H5P activities of the tests for somebody of the example data, and playing them."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from django.utils import timezone
from playwright.sync_api import FrameLocator, Page, expect

from learning.models import Assignment, Attempt
from modules.models import H5PLibrary, LibraryDecision
from modules.packages.importing import take_in
from modules.rules.content import Step
from tests.factories.h5p import h5p_step
from tests.factories.learning import make_content, make_module, make_version
from tests.h5p_packages import Library, package


def attempt_with(email: str, *libraries: Library) -> Attempt:
    """Begun by this person: a step for each activity, then a question."""
    steps = [_step(one, f"oefening-{number}") for number, one in enumerate(libraries, start=1)]
    whole = make_content("Oefenen met H5P")
    module = make_module(whole.title, versions=0)
    version = make_version(module, replace(whole, steps=(*steps, whole.steps[-1])))
    assignment = Assignment.objects.get(worker__email=email, programme__organisation=None)
    return Attempt.objects.create(
        worker=assignment.worker,
        cycle=assignment.cycles.open().get(),
        module=module,
        module_version=version,
        started_at=timezone.now(),
    )


def _step(main: Library, step_id: str) -> Step:
    """Taken in as an editor does, with all its libraries approved."""
    now = timezone.now()
    file = BytesIO(package(main, title=main.described["title"]))
    version = take_in(file, filename="x.h5p", replaces=None, by=None, at=now).version
    for library in H5PLibrary.objects.waiting().filter(versions=version):
        LibraryDecision.objects.create(library=library, is_approved=True, at=now)
    return h5p_step(version, step_id=step_id)


def activity(page: Page) -> FrameLocator:
    """What plays in the frame, once it is there."""
    expect(page.locator("[data-activity] iframe")).to_be_visible()
    expect(page.locator("[data-activity-loading]")).to_be_hidden()
    return page.frame_locator("[data-activity] iframe")


def status(page: Page, words: str) -> None:
    """What is said below the activity."""
    expect(page.locator("[data-activity-status]")).to_contain_text(words)


def answer(page: Page, words: str) -> None:
    """The question of the tests, to its end."""
    frame = activity(page)
    frame.get_by_role("radio", name=words).check()
    frame.get_by_role("button", name="Klaar").click()


def talk(page: Page, *, steps: int = 200, last: bool = False) -> None:
    """So many steps on in our own content type, or to its end; of the choices the first or last."""
    frame = activity(page)
    road, go_on = frame.locator(".opm-ending"), frame.locator(".opm-actions button").last
    for _step in range(steps):
        turns = frame.locator(".opm-turn").count()
        choices = frame.get_by_role("radio")
        if choices.count():
            (choices.last if last else choices.first).check()
        go_on.click()
        expect(frame.locator(".opm-turn")).not_to_have_count(turns)
        page.wait_for_timeout(200)  # it brings itself into view once the frame has its height
        if road.count():
            return


def tell(page: Page, messages: str) -> None:
    """Let the frame itself tell these, an array in JavaScript; any activity can."""
    activity(page)
    tell_each = "for (const one of told) window.parent.postMessage({h5p: 1, ...one}, '*')"
    page.frames[-1].evaluate(f"() => {{ const told = {messages}; {tell_each}; }}")


def results(page: Page) -> Sequence[str]:
    """What stands behind best, last, first and the number of tries."""
    return page.locator("[data-activity-after] dd").all_inner_texts()
