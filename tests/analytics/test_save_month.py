"""Writing down a month: all or nothing, never over what somebody else wrote."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from analytics.actions.counts import SavedMonth, basis_of, save_month
from analytics.errors import (
    CannotBeTakenBack,
    CountsContradict,
    MonthCannotBeKept,
    MonthChangedMeanwhile,
    NothingFilledIn,
    NotSure,
    ReasonNeeded,
)
from analytics.models import MonthlyCount
from analytics.rules.counts import Cell, Fault, Status
from analytics.rules.indicators import Indicator
from analytics.selectors.counts import counts_of_month, history_of_month
from organisations.models import AuditEvent, Organisation, User
from tests.factories.analytics import counted, make_count, make_month
from tests.factories.organisations import make_focal_person, make_organisation

pytestmark = pytest.mark.django_db
MONTH = date(2025, 12, 1)
NOW = datetime(2026, 1, 15, 11, tzinfo=UTC)
CLIENTS, SUSPICIONS = Indicator.CLIENTS, Indicator.SUSPICIONS
REPORTS, REGISTRATIONS = Indicator.REPORTS, Indicator.REGISTRATIONS
WHOLE = {
    CLIENTS: counted(100),
    SUSPICIONS: counted(3),
    REPORTS: counted(1),
    REGISTRATIONS: counted(0),
}


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def user(organisation: Organisation) -> User:
    return make_focal_person(organisation)


@pytest.fixture
def save(organisation: Organisation, user: User) -> Any:
    """Save with the basis of this moment, unless another is given."""

    def saved(cells: Mapping[Indicator, Cell], **more: Any) -> SavedMonth:
        current = counts_of_month(organisation.pk, more.get("month", MONTH))
        values = {"month": MONTH, "basis": basis_of(current), "by": user, "at": NOW}
        return save_month(organisation=organisation, cells=cells, **values | more)

    return saved


def test_a_first_save_adds_a_row_per_number(save: Any, organisation: Organisation) -> None:
    assert save(WHOLE).changed == tuple(Indicator)
    current = counts_of_month(organisation.pk, MONTH)
    assert {i: row.cell for i, row in current.items()} == WHOLE
    assert {row.reason for row in current.values()} == {""}


def test_what_was_left_blank_is_not_written(save: Any, organisation: Organisation) -> None:
    save({CLIENTS: counted(100)})
    assert set(counts_of_month(organisation.pk, MONTH)) == {CLIENTS}


def test_the_same_again_adds_nothing_also_from_an_old_form(save: Any) -> None:
    save(WHOLE, basis=basis_of({}))
    assert save(WHOLE, basis=basis_of({})).changed == ()
    assert MonthlyCount.objects.count() == 4
    assert AuditEvent.objects.filter(action="counts.saved").count() == 1


def test_a_correction_keeps_what_stood(save: Any, organisation: Organisation) -> None:
    save(WHOLE)
    save(WHOLE | {SUSPICIONS: counted(4)}, reason="recounted")
    newest, *older = history_of_month(organisation.pk, MONTH)
    assert (newest.value, newest.reason) == (4, "recounted")
    assert newest.supersedes is not None
    assert newest.supersedes.value == 3
    assert len(older) == 4


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_correction_needs_a_reason_of_the_list(save: Any, reason: str) -> None:
    save(WHOLE)
    with pytest.raises(ReasonNeeded):
        save(WHOLE | {SUSPICIONS: counted(4)}, reason=reason)
    assert MonthlyCount.objects.count() == 4


def test_what_was_not_yet_known_needs_no_reason(save: Any, organisation: Organisation) -> None:
    save(WHOLE | {REPORTS: Cell(Status.NOT_YET_KNOWN)})
    save(WHOLE)
    assert counts_of_month(organisation.pk, MONTH)[REPORTS].reason == "became_known"


def test_a_number_that_was_left_blank_is_added_without_a_reason(
    save: Any, organisation: Organisation
) -> None:
    save({CLIENTS: counted(100)})
    save(WHOLE)
    assert counts_of_month(organisation.pk, MONTH)[REPORTS].reason == ""


def test_an_earlier_number_cannot_be_blanked(save: Any) -> None:
    save(WHOLE)
    with pytest.raises(CannotBeTakenBack) as caught:
        save({CLIENTS: counted(100)}, reason="recounted")
    assert caught.value.indicators == (SUSPICIONS, REPORTS, REGISTRATIONS)


def test_the_second_of_two_people_is_told(save: Any, organisation: Organisation) -> None:
    make_month(organisation, MONTH)
    opened = basis_of(counts_of_month(organisation.pk, MONTH))
    whole = {CLIENTS: counted(100), SUSPICIONS: counted(5), REPORTS: counted(1)}
    save(whole | {REGISTRATIONS: counted(1)}, reason="recounted", basis=opened)
    with pytest.raises(MonthChangedMeanwhile) as caught:
        save(whole | {REGISTRATIONS: counted(2)}, reason="recounted", basis=opened)
    assert caught.value.current[SUSPICIONS].value == 5
    assert counts_of_month(organisation.pk, MONTH)[SUSPICIONS].value == 5


def test_two_first_saves_cannot_both_win(save: Any, organisation: Organisation) -> None:
    save(WHOLE, basis=basis_of({}))
    with pytest.raises(MonthChangedMeanwhile):
        save(WHOLE | {SUSPICIONS: counted(1)}, basis=basis_of({}))
    assert counts_of_month(organisation.pk, MONTH)[SUSPICIONS].value == 3


def test_what_slips_between_check_and_write_is_stopped_by_the_database(
    save: Any, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_count(organisation, MONTH, CLIENTS, 90)
    monkeypatch.setattr("analytics.actions.counts.counts_of_month", lambda *_: {})
    with pytest.raises(MonthChangedMeanwhile):
        save(WHOLE, basis=basis_of({}))
    assert MonthlyCount.objects.count() == 1


def test_more_suspicions_than_clients_saves_nothing(save: Any) -> None:
    with pytest.raises(CountsContradict) as caught:
        save(WHOLE | {SUSPICIONS: counted(101)})
    assert caught.value.faults == {SUSPICIONS: Fault.ABOVE_CLIENTS}
    assert not MonthlyCount.objects.exists()


def test_unusual_numbers_are_asked_about_and_saved_when_confirmed(save: Any) -> None:
    cells = WHOLE | {REGISTRATIONS: counted(2)}
    with pytest.raises(NotSure) as caught:
        save(cells)
    assert not MonthlyCount.objects.exists()
    save(cells, confirmed=[doubt.code for doubt in caught.value.doubts])
    assert MonthlyCount.objects.count() == 4


def test_confirming_one_doubt_does_not_confirm_another(save: Any) -> None:
    cells = WHOLE | {REGISTRATIONS: counted(2)}
    with pytest.raises(NotSure) as caught:
        save(cells)
    with pytest.raises(NotSure):
        save(
            cells | {REGISTRATIONS: counted(3)},
            confirmed=[doubt.code for doubt in caught.value.doubts],
        )


def test_the_clients_of_the_month_before_raise_a_doubt(
    save: Any, organisation: Organisation
) -> None:
    make_month(organisation, date(2025, 11, 1), clients=1000)
    with pytest.raises(NotSure):
        save(WHOLE)


@pytest.mark.parametrize(
    "month", [date(2026, 2, 1), date(1999, 12, 1), date(2025, 12, 2), date(9999, 12, 1)]
)
def test_no_counts_for_the_future_the_past_century_or_half_a_month(save: Any, month: date) -> None:
    with pytest.raises(MonthCannotBeKept):
        save(WHOLE, month=month)


def test_the_running_month_is_that_of_amsterdam(save: Any) -> None:
    """23:30 UTC on 31 January is February in Amsterdam."""
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert save(WHOLE, month=date(2026, 2, 1), at=late).changed


def test_nothing_filled_in_is_told(save: Any) -> None:
    with pytest.raises(NothingFilledIn):
        save({})


def test_every_save_is_on_record_without_numbers(save: Any, user: User) -> None:
    save(WHOLE)
    save(WHOLE | {SUSPICIONS: counted(4)}, reason="recounted")
    newest = AuditEvent.objects.filter(action="counts.saved").first()
    assert newest is not None
    assert newest.actor == user
    assert newest.detail == {
        "month": "2025-12",
        "indicators": ["suspicions"],
        "corrections": ["suspicions"],
    }
