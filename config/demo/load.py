"""Making the whole demo, once, from one seed."""

from datetime import date, datetime
from random import Random

from django.db import transaction
from django.utils import timezone

from analytics.actions.studies import create_study
from config.demo import accounts, contacts
from config.demo.counts import CountMaker
from config.demo.diary import Diary
from config.demo.names import INSTITUTIONS
from config.demo.oever import Oever
from config.demo.others import OtherInstitution, Rollout
from config.demo.quarantine import wait_for_approval
from config.demo.shipped import load_shipped
from learning.models import Programme
from learning.rules.calendar import add_months, first_of_month
from learning.selectors.coverage import coverage_at_month_ends
from organisations.actions import create_organisation, grant_role
from organisations.models import DemoSite, Organisation, Role, User

SEED = 20201
MONTHS = 36


class NotEmpty(Exception):
    """There are people here already, and they are not the demo's."""


@transaction.atomic
def load_demo(*, at: datetime) -> bool:
    """Make the demo as of the moment. False, and nothing changed, when it is there already.

    Raises `NotEmpty` on a site that has people: the demo never mixes with real ones.
    """
    if DemoSite.objects.exists():
        return False
    if User.objects.exists() or Organisation.objects.exists():
        raise NotEmpty
    today = timezone.localdate(at)
    rng = Random(SEED)  # noqa: S311 - example data, nothing secret
    DemoSite.objects.create(seed=SEED, made_on=today)
    diary = Diary()
    programme = load_shipped(at=at, diary=diary)
    keepers = _institutions(rng, today, at, programme, diary)
    diary.play(until=at)
    _counts(Random(SEED + 1), today, keepers)  # noqa: S311 - so that new texts change no numbers
    contacts.fill_in(keepers, today=today)
    _platform_people(today, at)
    _study(today, at)
    return True


def _institutions(
    rng: Random, today: date, at: datetime, programme: Programme, diary: Diary
) -> dict[Organisation, User]:
    """Every institution with the person who keeps its counts."""
    keepers: dict[Organisation, User] = {}
    for number, name in enumerate(INSTITUTIONS):
        organisation = create_organisation(
            name=f"{name} (voorbeeld)",
            works_council_agreed_on=add_months(today, -41),
            is_fictional=True,
            by=None,
            at=at,
        )
        if number == 0:
            Oever(rng=rng, at=at, programme=programme, diary=diary).build(organisation)
            focal = accounts.account("aandachtsfunctionaris")
            keepers[organisation] = User.objects.get(email=focal.email)
        else:
            rollout = Rollout(
                months_ago=34 - 3 * number if number < 11 else 38,
                finishing=rng.uniform(0.55, 0.95),
                renewing=rng.uniform(0.6, 0.95),
            )
            keepers[organisation] = OtherInstitution(
                rng=rng, today=today, programme=programme, number=number, rollout=rollout
            ).build(organisation)
    return keepers


def _counts(rng: Random, today: date, keepers: dict[Organisation, User]) -> None:
    """Thirty-six whole months; the first institution still has to fill in the last one."""
    last = add_months(first_of_month(today), -1)
    months = [add_months(last, -back) for back in range(MONTHS - 1, -1, -1)]
    shares = coverage_at_month_ends(
        organisations=[organisation.pk for organisation in keepers],
        months=[add_months(months[0], -1), *months],
        today=today,
    )
    maker = CountMaker(rng, months)
    for number, (organisation, keeper) in enumerate(keepers.items()):
        coverage = {
            month: found.share or 0.0
            for (owner, month), found in shares.items()
            if owner == organisation.pk
        }
        maker.build(
            organisation,
            keeper,
            clients=210 if number == 0 else rng.randint(70, 420),
            coverage=coverage,
            last_months_open=1 if number == 0 else 0,
        )


def _platform_people(today: date, at: datetime) -> None:
    for local_part, role in [
        ("onderzoeker", Role.RESEARCHER),
        ("redacteur", Role.EDITOR),
        ("bibliotheek", Role.LIBRARIES),
        ("beheer", Role.ADMINISTRATOR),
    ]:
        user = accounts.make(local_part)
        grant_role(user=user, role=role, starts_on=add_months(today, -12), by=None, at=at)
    editor = User.objects.get(email=accounts.account("redacteur").email)
    wait_for_approval(by=editor, at=at)


def _study(today: date, at: datetime) -> None:
    last = add_months(first_of_month(today), -1)
    create_study(
        title="Training en signaleren, twaalf voorbeeldinstellingen",
        question=(
            "Gaat meer getraind personeel samen met meer signalen en registraties van "
            "mensenhandel bij jeugdhulpinstellingen?"
        ),
        agreement="VOORBEELD-1",
        organisations=Organisation.objects.order_by("pk"),
        researchers=[User.objects.get(email=accounts.account("onderzoeker").email)],
        starts_month=add_months(last, 1 - MONTHS),
        ends_month=last,
        approved_on=add_months(today, -2),
        by=None,
        at=at,
    )
