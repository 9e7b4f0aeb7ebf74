"""Builders of modules, programmes and training. Small by design: two steps where two will do."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

from wagtail.models import Page

from learning.actions import (
    assign_by_rules,
    finish_step,
    record_answer,
    record_choice,
    record_self_rating,
)
from learning.models import (
    Assignment,
    AssignmentRule,
    Attempt,
    Completion,
    Cycle,
    Programme,
    ProgrammeModule,
    RecertificationPolicy,
)
from learning.models.programme import Path
from modules.models import ModuleIndexPage, ModulePage, ModuleVersion
from modules.rules.content import Item, ModuleContent, Option, Review, Step
from organisations.models import Employment, Organisation, User
from tests.factories.organisations import make_organisation
from tests.modules.scenarios import dishes

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
numbers = count(1)


def on(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def make_content(title: str = "Het gesprek openen", *, secret: str = "") -> ModuleContent:
    """Every kind of step that asks something of the learner."""
    items = tuple(
        Item(
            id=f"vraag-{n}",
            question=f"Vraag {n}?",
            options=(Option("goed", "Goed", is_correct=True), Option("fout", "Fout")),
        )
        for n in (1, 2)
    )
    return ModuleContent(
        title=title,
        summary=secret,
        minutes=10,
        content_note_html="<p>Rustig aan.</p>",
        support_html="<p>Steun</p>",
        review=Review(),
        law_checked_on=None,
        steps=(
            Step(id="vooraf", kind="self_rating", title="Vooraf", minutes=1, occasion="before"),
            Step(id="uitleg", kind="explanation", title="Uitleg", minutes=3, html="<p>Lees.</p>"),
            Step(id="afwas", kind="scenario", title="Afwas", minutes=4, scenario=dishes()),
            Step(id="toets", kind="knowledge_check", title="Toets", minutes=2, items=items),
        ),
    )


def make_version(module: ModulePage, content: ModuleContent | None = None) -> ModuleVersion:
    number = module.versions.count() + 1
    made = content or make_content(f"Versie {number}")
    return ModuleVersion.objects.create(
        module=module,
        number=number,
        content=made.to_json(),
        content_hash=f"{module.pk}-{number}-{next(numbers)}",
        published_at=NOW,
    )


def make_module(title: str = "Het gesprek openen", *, versions: int = 1) -> ModulePage:
    index = ModuleIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = root.add_child(instance=ModuleIndexPage(title="Modules", slug="modules"))
    page = ModulePage(title=title, slug=f"module-{next(numbers)}", summary="Oefenen.", minutes=10)
    index.add_child(instance=page)
    for _version in range(versions):
        make_version(page)
    return page


def make_programme(*modules: ModulePage, active_months: int = 12) -> Programme:
    """The same modules in both paths."""
    policy = RecertificationPolicy.objects.create(
        name=f"Policy {next(numbers)}", active_months=active_months, window_months=1
    )
    programme = Programme.objects.create(
        title=f"Programme {next(numbers)}", reason="Omdat het helpt.", policy=policy
    )
    for position, module in enumerate(modules or (make_module(),), start=1):
        for path in Path:
            ProgrammeModule.objects.create(
                programme=programme, module=module, path=path, position=position
            )
    return programme


def make_rule(
    organisation: Organisation | None = None,
    programme: Programme | None = None,
    *,
    due_after_days: int = 90,
    starts_on: date = date(2020, 1, 1),
) -> AssignmentRule:
    return AssignmentRule.objects.create(
        organisation=organisation or make_organisation(),
        programme=programme or make_programme(),
        due_after_days=due_after_days,
        starts_on=starts_on,
    )


def make_assignment(
    worker: User, *, day: date = TODAY, rule: AssignmentRule | None = None
) -> Assignment:
    """What the rule of the worker's organisation gives on the day; the rule is made if needed."""
    employment = Employment.objects.filter(user=worker).select_related("team").first()
    assert employment is not None
    organisation = employment.team.organisation
    if rule is None and not AssignmentRule.objects.filter(organisation=organisation).exists():
        make_rule(organisation)
    [assignment] = assign_by_rules(user=worker, by=None, at=on(day))
    return assignment


def make_completion(
    assignment: Assignment, *, completed_on: date, valid_through: date
) -> Completion:
    """A closed cycle with its completion, taken over from elsewhere."""
    cycle = assignment.cycles.open().first() or Cycle.objects.create(
        assignment=assignment,
        number=assignment.cycles.count() + 1,
        path=Path.REFRESHER,
        due_on=valid_through,
        opened_at=on(completed_on),
    )
    Cycle.objects.filter(pk=cycle.pk).update(
        opened_at=min(cycle.opened_at, on(completed_on)), closed_at=on(completed_on, 12)
    )
    return Completion.objects.create(
        worker=assignment.worker,
        assignment=assignment,
        cycle=cycle,
        source=Completion.Source.IMPORTED,
        completed_at=on(completed_on, 12),
        completed_on=completed_on,
        valid_through=valid_through,
        remembered_day=valid_through.day,
        active_months=12,
        window_months=1,
    )


def covered(worker: User, *, through: date, day: date = TODAY) -> Assignment:
    """Assigned a year before and valid through the day given."""
    assignment = make_assignment(worker, day=day - timedelta(days=400))
    make_completion(assignment, completed_on=through - timedelta(days=365), valid_through=through)
    return assignment


def walk(attempt: Attempt, *, until: int | None = None, at: datetime = NOW) -> None:
    """Do the steps of `make_content` in order, all of them unless told how many."""
    rate, read, talk, check = attempt.module_version.parsed.steps

    def choose(node: str, choice: str) -> None:
        record_choice(attempt=attempt, step=talk, node_id=node, choice_id=choice, shown=[], at=at)

    def answer(item: str, option: str) -> None:
        record_answer(attempt=attempt, step=check, item_id=item, option_id=option, at=at)

    doing = [
        [lambda: record_self_rating(attempt=attempt, step=rate, recognising=4, acting=5, at=at)],
        [lambda: finish_step(attempt=attempt, step=read, at=at)],
        [
            lambda: choose("eerst", "vraag"),
            lambda: choose("beloof", "eerlijk"),
            lambda: finish_step(attempt=attempt, step=talk, at=at),
        ],
        [
            lambda: answer("vraag-1", "goed"),
            lambda: answer("vraag-2", "fout"),
            lambda: finish_step(attempt=attempt, step=check, at=at),
        ],
    ]
    for actions in doing[:until]:
        for action in actions:
            action()
