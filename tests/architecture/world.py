"""Two organisations that may never see each other, with somebody in every role."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from analytics.actions.studies import create_study
from learning.actions import assign_by_rules, start_attempt
from learning.models import ActivityRun, Assignment, Attempt, Completion, Replay
from learning.programmes import load_programmes
from learning.rules.calendar import add_months, first_of_month
from modules.curriculum import load
from modules.models import H5PUpload, Scenario
from modules.packages.serving.tokens import folder_of
from organisations.models import Organisation, Role, Team, User
from tests.factories import (
    LONG_AGO,
    make_administrator,
    make_approver,
    make_coordinator,
    make_editor,
    make_employment,
    make_focal_person,
    make_grant,
    make_leave,
    make_manager,
    make_organisation,
    make_researcher,
    make_team,
    make_worker,
)
from tests.factories.contacts import make_contact
from tests.factories.h5p import h5p_step, make_library, make_run, make_version
from tests.factories.learning import (
    make_case,
    make_completion,
    make_content,
    make_mail,
    make_module,
    make_programme,
    make_rule,
)
from tests.factories.learning import make_version as make_module_version
from tests.h5p_packages import QUESTION
from tests.h5p_site import stored_version

CANARY = "Kanariepiet"  # in every name of the other organisation


@dataclass(frozen=True)
class World:
    """Who there is, and what stands in an address where it has a variable part."""

    people: dict[str, User]
    things: dict[str, Any]


def house(name: str) -> tuple[Organisation, Team]:
    organisation = make_organisation(f"{name} zorg")
    return organisation, make_team(organisation, f"{name} team")


def staff_of(team: Team, name: str) -> dict[str, User]:
    def called(role: str) -> dict[str, str]:
        return {"first_name": name, "last_name": role, "email": f"{name}.{role}@care.example"}

    organisation = team.organisation
    return {
        "worker": make_worker(team, **called("worker")),
        "manager": make_manager(team, **called("manager")),
        "focal": make_focal_person(organisation, **called("focal")),
        "coordinator": make_coordinator(organisation, **called("coordinator")),
    }


def finished_before(worker: User, organisation: Organisation) -> Completion:
    """A completion with its certificate, of a programme that is not asked any more."""
    today = timezone.localdate()
    done, through = today - timedelta(days=10), today + timedelta(days=300)
    assignment = Assignment.objects.create(
        worker=worker, programme=make_programme(), organisation=organisation
    )
    return make_completion(assignment, completed_on=done, valid_through=through, today=today)


def replay_of(attempt: Attempt) -> Replay:
    """From the first decision of its conversation, as if the first run were over."""
    step = next(step for step in attempt.module_version.parsed.steps if step.scenario)
    return Replay.objects.create(
        attempt=attempt, step_id=step.id, before={}, started_at=attempt.started_at
    )


def h5p_things() -> dict[str, Any]:
    """An activity that waits for a decision about its library, and the file that it came in."""
    library = make_library(approved=False, files={"a.js": ["0" * 64, 1]})
    version = make_version(main_library=library)
    upload = H5PUpload.objects.create(size=1, state="refused", uploaded_at=version.uploaded_at)
    return {
        "activity": version.package.public_id,
        "activity_key": version.package.pk,
        "library": library.digest,
        "library_file": "a.js",
        "upload": upload.public_id,
        "version": version.public_id,
        **address_of_a_file(),
    }


def address_of_a_file() -> dict[str, Any]:
    """The variable parts of a signed address: of a file that exists, and not expired."""
    folder = folder_of(stored_version(QUESTION).digest, at=timezone.now())
    token, digest = folder.strip("/").split("/")[1:]
    expiry, _dash, signature = token.partition("-")
    return {
        "expiry": expiry,
        "signature": signature,
        "played_digest": digest,
        "played_file": "content/content.json",
    }


def try_of_an_activity(beside: Attempt) -> ActivityRun:
    """In an attempt of the same worker, at an H5P activity that comes first."""
    version, module = make_version(), make_module(versions=0)
    content = make_content()
    steps = (h5p_step(version), *content.steps)
    attempt = Attempt.objects.create(
        worker=beside.worker,
        cycle=beside.cycle,
        module=module,
        module_version=make_module_version(module, replace(content, steps=steps)),
        started_at=beside.started_at,
    )
    return make_run(attempt, version, started_at=beside.started_at)


def open_the_tree(organisation: Organisation) -> None:
    organisation.shows_tree_without_sign_in = True
    organisation.save()


def build() -> World:
    now = timezone.now()
    module = load(now, only=["het-gesprek-openen"]).modules["het-gesprek-openen"]
    [programme] = load_programmes(at=now)
    here, team = house("Hier")
    elsewhere, far_team = house(CANARY)
    other_team = make_team(here, "Ander team")
    people = staff_of(team, "hier") | {
        "colleague": make_worker(team),
        "other_manager": make_manager(other_team),
        "researcher": make_researcher(),
        "other_researcher": make_researcher(),
        "editor": make_editor(),
        "approver": make_approver(),
        "administrator": make_administrator(),
    }
    people |= {f"{name}_elsewhere": one for name, one in staff_of(far_team, CANARY).items()}
    rule, _far_rule = (
        make_rule(organisation, programme, starts_on=LONG_AGO, due_after_days=9000)
        for organisation in [here, elsewhere]
    )
    assign_by_rules(user=people["worker_elsewhere"], by=None, at=now)
    assignment = assign_by_rules(user=people["worker"], by=None, at=now)[0]
    attempt = start_attempt(assignment=assignment, module=module, at=now)
    finished = finished_before(people["worker"], here)
    run = try_of_an_activity(attempt)
    own = make_programme(module, organisation=here, refreshers=[[module], [module]])
    last_month = add_months(first_of_month(timezone.localdate(now)), -1)
    study = create_study(
        title="Een onderzoek",
        question="Hoe vaak?",
        agreement="1",
        organisations=[here, elsewhere],
        researchers=[people["researcher"]],
        starts_month=date(last_month.year - 1, 1, 1),
        ends_month=last_month,
        approved_on=LONG_AGO,
        by=None,
        at=now,
    )
    make_contact(here, name="Loket hier", is_public=True)
    make_contact(elsewhere, name=f"Loket {CANARY}", is_public=True)
    open_the_tree(here)
    things = {
        "activity_attempt": run.attempt.public_id,
        "assignment": assignment.public_id,
        "attempt": attempt.public_id,
        "case": make_case(assignment).public_id,
        "code": finished.certificate.code,
        "completion": finished.public_id,
        "contact_kind": "zorgcoordinator",
        "employment": make_employment(people["colleague"], other_team).public_id,
        "grant": make_grant(Role.MANAGER, team=team).public_id,
        **h5p_things(),
        "leave": make_leave(people["colleague"]).public_id,
        "month": f"{last_month:%Y-%m}",
        "number": 1,
        "organisation": here.public_id,
        "page": module.pk,
        "person": people["worker"].public_id,
        "platform_grant": make_grant(Role.RESEARCHER).public_id,
        "platform_person": people["researcher"].public_id,
        "mail": make_mail(people["worker"], on=timezone.localdate(now)).public_id,
        "module": module.public_id,
        "own_path": own.paths.filter(kind="refresher")[0].public_id,
        "own_programme": own.public_id,
        "programme": programme.public_id,
        "replay": replay_of(attempt).public_id,
        "rule": rule.public_id,
        "run": run.public_id,
        "scenario": Scenario.objects.get().pk,
        "study": study.public_id,
        "team": team.public_id,
    }
    return World(people=people, things=things)
