"""Setting up studies, and what researchers take from them."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from analytics.models import Study, StudyResearcher
from organisations.models import Organisation, User
from organisations.trail import record


@transaction.atomic
def create_study(
    *,
    title: str,
    question: str,
    agreement: str,
    organisations: Iterable[Organisation],
    researchers: Iterable[User],
    starts_month: date,
    ends_month: date,
    approved_on: date | None,
    by: User | None,
    at: datetime,
) -> Study:
    """A study with its institutions; the researchers take part from the day of `at`."""
    study = Study.objects.create(
        title=title,
        question=question,
        agreement=agreement,
        starts_month=starts_month,
        ends_month=ends_month,
        approved_on=approved_on,
        created_at=at,
    )
    study.organisations.set(organisations)
    for user in researchers:
        StudyResearcher.objects.create(
            study=study, user=user, starts_on=approved_on or timezone.localdate(at)
        )
    record("study.created", by=by, at=at, subject=study, agreement=agreement)
    return study


def record_download(
    *, study: Study, name: str, content: bytes, snapshot: str, by: User, at: datetime
) -> None:
    """Put on record who took which file, so that it can be told apart and traced."""
    record(
        "study.downloaded",
        by=by,
        at=at,
        subject=study,
        file=name,
        sha256=sha256(content).hexdigest(),
        snapshot=snapshot,
        size=len(content),
    )
