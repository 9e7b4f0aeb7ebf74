"""H5P in the demo: a conversation of our own, brought in as an activity of others would be."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from uuid import NAMESPACE_URL, uuid5

import yaml

from config.demo.activities import SOURCE, do_activity
from config.demo.diary import Diary, Scene
from config.demo.moments import AMSTERDAM
from config.demo.own import FOLDER
from config.demo.training import Walker
from learning.actions.programmes import create_programme
from learning.actions.rules import set_rule
from learning.models import Assignment, Attempt
from learning.models.rule import RuleDraft
from modules.actions import publish_version
from modules.curriculum import load_module
from modules.h5p.export import export_of
from modules.models import H5PPackage, ModulePage
from modules.packages.importing import take_in
from organisations.models import Employment, Organisation, User

MODULE = "oefening-in-een-ander-jasje"
STEP_TITLE = "Het pakketje, in een ander jasje"
TEXT = "<p>Lees rustig en kies wat u doet. Elke keuze mag; u oefent.</p>"
TITLE = "Kort oefenen (voorbeeld)"
REASON = (
    "Onze activiteitenbegeleiders oefenen liever kort en vaak. Daarvoor gebruiken wij ook "
    "oefeningen die als H5P zijn gemaakt."
)
FUNCTION = Employment.JobFunction.OTHER  # of two who are on their way with the shipped programme
SINCE, DUE_AFTER = 14, 60  # days
TRIES = ((9, 0.3), (4, 0.85))  # of the known account: days ago, and how well it went
SEED = 13


class Exercise:
    """Writes into the diary a programme of one short module, and what two people did in it."""

    def __init__(self, organisation: Organisation, *, by: User, at: datetime, diary: Diary) -> None:
        self.organisation = organisation
        self.by = by
        self.at = at
        self.today = at.astimezone(AMSTERDAM).date()
        self.diary = diary

    def write(self, people: Sequence[User]) -> None:
        known, other = people
        rng = Random(SEED)  # noqa: S311 - example data, nothing secret
        self.diary.on(self.today - timedelta(days=SINCE), self._begin)
        for days_ago, skill in TRIES:
            self.diary.on(self.today - timedelta(days=days_ago), self._try(known, skill, rng))
        self.diary.on(self.today - timedelta(days=2), self._whole(other, rng))

    def _begin(self, at: datetime) -> None:
        programme = create_programme(
            organisation=self.organisation,
            title=TITLE,
            reason=REASON,
            onboarding=[make_module(at=at)],
            by=self.by,
            at=at,
        )
        draft = RuleDraft(due_after_days=DUE_AFTER, job_functions=(FUNCTION,))
        set_rule(
            organisation=self.organisation, programme=programme, draft=draft, by=self.by, at=at
        )

    def _try(self, user: User, skill: float, rng: Random) -> Scene:
        """Reads the explanation the first time, and leaves the step open."""

        def scene(at: datetime) -> None:
            attempt = Attempt.objects.filter(cycle__assignment=self._held(user)).first()
            if attempt is None:
                attempt = Walker(rng).part(self._held(user), at.date(), steps=1, skill=skill)
            step = next(one for one in attempt.module_version.parsed.steps if one.activity)
            later = at + timedelta(minutes=10)
            do_activity(attempt, step, rng=rng, skill=skill, at=later)

        return scene

    def _whole(self, user: User, rng: Random) -> Scene:
        def scene(at: datetime) -> None:
            Walker(rng).whole(self._held(user), at.date(), skill=0.6)

        return scene

    def _held(self, user: User) -> Assignment:
        held: Assignment = Assignment.objects.get(worker=user, programme__title=TITLE)
        return held


def make_module(*, at: datetime) -> ModulePage:
    """The activity stands between the explanation and the question: H5P alone certifies nothing."""
    page = load_module(yaml.safe_load((FOLDER / f"{MODULE}.yaml").read_text("utf-8")), at=at)
    package = bring_in(export_of(SOURCE), f"{SOURCE}.h5p", by=None, at=at)
    steps = list(page.steps.raw_data)
    value = {"title": STEP_TITLE, "minutes": 8, "text": TEXT, "activity": package.pk}
    made = str(uuid5(NAMESPACE_URL, f"urn:opmerkzaam:demo:{MODULE}"))
    steps.insert(1, {"type": "h5p", "id": made, "value": value})
    page.steps = json.dumps(steps)
    page.live_revision = page.save_revision(changed=False)
    page.save()
    publish_version(module=page, by=None, at=at)
    return page


def bring_in(data: bytes, filename: str, *, by: User | None, at: datetime) -> H5PPackage:
    """As when an editor uploads the file."""
    taken = take_in(BytesIO(data), filename=filename, replaces=None, by=by, at=at)
    package: H5PPackage = taken.version.package
    return package
