"""The programme that the institution of the demo made itself, with paths that take turns."""

from datetime import date, datetime
from pathlib import Path

import yaml

from config.demo.moments import moment
from learning.actions.programmes import create_programme
from learning.actions.rules import set_rule
from learning.actions.terms import TermsDraft
from learning.models import AssignmentRule, Programme
from learning.models.rule import RuleDraft
from learning.rules.calendar import add_months
from learning.rules.policy import Policy
from modules.curriculum import load_module
from modules.models import ModulePage
from organisations.models import Employment, Organisation, User

FOLDER = Path(__file__).parent / "modules"
MODULES = ("eerste-contact-online", "geld-en-nieuwe-spullen")
TITLE = "Online signalen (voorbeeld)"
REASON = (
    "Veel contact met jongeren begint online. Onze gedragswetenschappers denken daarover mee, en "
    "in de nacht gebeurt er het meest. Daarom oefent u dit elk jaar."
)
SINCE_MONTHS = 26
GRACE_DAYS = 21
FUNCTION = Employment.JobFunction.BEHAVIOURAL_SCIENTIST


def load_modules(*, at: datetime) -> list[ModulePage]:
    """Two short modules that are not part of what is shipped."""
    return [
        load_module(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")), at=at)
        for name in MODULES
    ]


def make_programme(organisation: Organisation, *, today: date, by: User, at: datetime) -> Programme:
    """With some grace and a wide window, so that it differs from the shipped one."""
    contact, goods = load_modules(at=at)
    return create_programme(
        organisation=organisation,
        title=TITLE,
        reason=REASON,
        onboarding=[contact],
        refreshers=[[goods], [contact]],
        terms=TermsDraft(policy=Policy(window_months=2, grace_days=GRACE_DAYS)),
        by=by,
        at=moment(add_months(today, -SINCE_MONTHS)),
    )


def ask_by_function(programme: Programme, *, today: date, by: User) -> AssignmentRule:
    """Of behavioural scientists, since the programme is there."""
    draft = RuleDraft(due_after_days=90, job_functions=(FUNCTION,))
    return _ask(programme, draft, by=by, at=moment(add_months(today, -SINCE_MONTHS), minutes=10))


def ask_by_team(
    programme: Programme, *, team: int, due_on: date, by: User, at: datetime
) -> AssignmentRule:
    """Of one team without those below it, before one day."""
    draft = RuleDraft(
        due_from=AssignmentRule.DueFrom.DATE,
        due_after_days=None,
        due_on=due_on,
        teams=((team, False),),
    )
    return _ask(programme, draft, by=by, at=at)


def _ask(programme: Programme, draft: RuleDraft, *, by: User, at: datetime) -> AssignmentRule:
    organisation = programme.organisation
    assert organisation is not None  # noqa: S101 - the institution's own
    set_rule(organisation=organisation, programme=programme, draft=draft, by=by, at=at)
    made: AssignmentRule = programme.rules.latest("pk")
    return made
