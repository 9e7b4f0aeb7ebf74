"""Builders of modules, programmes and training. Small by design: two steps where two will do."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from wagtail.models import Page

from learning.actions import (
    bring_up_to_date,
    finish_step,
    give_certificate,
    record_answer,
    record_choice,
    record_self_rating,
)
from learning.models import (
    Assignment,
    AssignmentEvent,
    AssignmentRule,
    Attempt,
    Completion,
    ExceptionCase,
    Mail,
    PathKind,
    PolicyTerms,
    Programme,
    ProgrammeModule,
    ProgrammePath,
    RecertificationPolicy,
)
from modules.models import ModuleIndexPage, ModulePage, ModuleVersion
from modules.rules.content import Item, ModuleContent, Option, Review, Step
from organisations.models import Employment, Organisation, User
from tests.factories.organisations import make_organisation
from tests.modules.scenarios import dishes

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
numbers_ = count(1)


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
        content_hash=f"{module.pk}-{number}-{next(numbers_)}",
        published_at=NOW,
    )


def make_module(title: str = "Het gesprek openen", *, versions: int = 1) -> ModulePage:
    index = ModuleIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = root.add_child(instance=ModuleIndexPage(title="Modules", slug="modules"))
    page = ModulePage(title=title, slug=f"module-{next(numbers_)}", summary="Oefenen.", minutes=10)
    index.add_child(instance=page)
    for _version in range(versions):
        make_version(page)
    return page


def make_policy(**numbers: Any) -> RecertificationPolicy:
    policy = RecertificationPolicy.objects.create(name=f"Policy {next(numbers_)}")
    PolicyTerms.objects.create(
        policy=policy,
        starts_on=date(2000, 1, 1),
        **({"ladder": [-30, -14, -3, 1, 14], "made_at": NOW} | numbers),
    )
    return policy


def make_programme(
    *modules: ModulePage,
    organisation: Organisation | None = None,
    refreshers: Sequence[Sequence[ModulePage]] = (),
    **numbers: Any,
) -> Programme:
    """The same modules in both paths, unless refresher paths are given; numbers of the policy."""
    programme = Programme.objects.create(
        title=f"Programme {next(numbers_)}",
        organisation=organisation,
        reason="Omdat het helpt.",
        policy=make_policy(**numbers),
    )
    first = modules or (make_module(),)
    make_path(programme, PathKind.ONBOARDING, first)
    for listed in refreshers or (first,):
        make_path(programme, PathKind.REFRESHER, listed)
    return programme


def make_path(programme: Programme, kind: str, modules: Sequence[ModulePage]) -> ProgrammePath:
    number = programme.paths.filter(kind=kind).count() + 1
    path = ProgrammePath.objects.create(programme=programme, kind=kind, number=number)
    for position, module in enumerate(modules, start=1):
        ProgrammeModule.objects.create(path=path, module=module, position=position)
    return path


def module_of(assignment: Assignment, kind: str) -> ModulePage:
    """The only module of the only path of this kind."""
    return ProgrammeModule.objects.get(path__programme=assignment.programme, path__kind=kind).module


def make_rule(
    organisation: Organisation | None = None,
    programme: Programme | None = None,
    *,
    due_after_days: int | None = 90,
    starts_on: date = date(2020, 1, 1),
    **fields: Any,
) -> AssignmentRule:
    """For everybody who works there, unless `job_functions` or `due_on` is given."""
    return AssignmentRule.objects.create(
        organisation=organisation or make_organisation(),
        programme=programme or make_programme(),
        due_after_days=due_after_days,
        starts_on=starts_on,
        counts_from=starts_on,
        made_at=NOW,
        **fields,
    )


def make_assignment(
    worker: User,
    *,
    day: date = TODAY,
    rule: AssignmentRule | None = None,
    due_on: date | None = None,
) -> Assignment:
    """Assigned on the day and due 90 days later; the rule is made if needed."""
    employment = Employment.objects.filter(user=worker).select_related("team").first()
    assert employment is not None
    organisation = employment.team.organisation
    rule = rule or AssignmentRule.objects.filter(organisation=organisation).first()
    rule = rule or make_rule(organisation)
    due_on = due_on or day + timedelta(days=rule.due_after_days or 90)
    assignment = Assignment.objects.create(
        worker=worker, programme=rule.programme, organisation=organisation
    )
    AssignmentEvent.objects.create(
        assignment=assignment,
        kind=AssignmentEvent.Kind.ASSIGNED,
        on=day,
        day=due_on,
        reason=AssignmentEvent.Reason.RULE,
        rule=rule,
        matched=[{"rule": rule.public_id, "due": due_on.isoformat()}],
        counted_from=day,
        waived=True,
        at=on(day),
    )
    bring_up_to_date([assignment.pk], today=max(day, TODAY))
    return assignment


def make_completion(
    assignment: Assignment,
    *,
    completed_on: date,
    valid_through: date,
    today: date = TODAY,
    grace_days: int = 0,
) -> Completion:
    """Completed here on the day; the periods are brought up to date as of today."""
    bring_up_to_date([assignment.pk], today=completed_on)
    completion = Completion.objects.create(
        worker=assignment.worker,
        assignment=assignment,
        cycle=assignment.cycles.open().first(),
        completed_on=completed_on,
        valid_through=valid_through,
        covered_through=valid_through + timedelta(days=grace_days),
        remembered_day=valid_through.day,
        active_months=12,
        minutes=10,
        recorded_on=completed_on,
        recorded_by=assignment.worker,
        recorded_at=on(completed_on, 12),
    )
    give_certificate(completion, at=on(completed_on, 12))
    bring_up_to_date([assignment.pk], today=max(completed_on, today))
    return completion


def make_case(
    assignment: Assignment,
    kind: str = ExceptionCase.Kind.EVIDENCE_TOO_OLD,
    *,
    day: date = TODAY,
    **facts: Any,
) -> ExceptionCase:
    """A question to the coordinator, opened on the day. `facts` are codes and ISO dates."""
    return ExceptionCase.objects.create(
        organisation=assignment.organisation,
        assignment=assignment,
        kind=kind,
        key=f"case {next(numbers_)}",
        facts={"on": day.isoformat()} | facts,
        opened_at=on(day),
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

    doing: list[list[Callable[[], object]]] = [
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


def make_mail(recipient: User, *, on: date = TODAY, **fields: Any) -> Mail:
    """A mail of the day that waits to be sent."""
    values = {
        "language": recipient.language,
        "subject": f"Mail {next(numbers_)}",
        "text": "Dag,\n\nhttps://opmerkzaam.example/leerpad/\n",
        "html": "<p>Dag,</p>",
    }
    return Mail.objects.create(recipient=recipient, on=on, **values | fields)
