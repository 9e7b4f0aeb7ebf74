"""Writing programmes: paths are replaced and terms added; neither is ever changed."""

from datetime import date, timedelta

import pytest

from learning.actions import start_attempt
from learning.actions.paths import retire_path, set_path
from learning.actions.programmes import change_programme, copy_programme, create_programme
from learning.actions.terms import TermsDraft, set_terms
from learning.errors import (
    LastPath,
    ModuleNotPublished,
    ModuleTwice,
    NoModules,
    PathRetired,
    SamePath,
    ShippedIsReadOnly,
    TermsInThePast,
    TermsTooFarAhead,
    TitleInUse,
)
from learning.models import PathKind, PolicyTerms, Programme, ProgrammePath, Validity
from learning.rules.policy import Basis, Policy
from learning.selectors.rotation import modules_of, path_for
from organisations.models import AuditEvent
from tests.factories.learning import (
    NOW,
    TODAY,
    covered,
    make_assignment,
    make_module,
    make_programme,
    make_rule,
)
from tests.factories.organisations import make_organisation, make_team, make_worker

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
SHORTER = TermsDraft(policy=Policy(active_months=6, window_months=2))


@pytest.fixture
def organisation():
    return make_organisation()


@pytest.fixture
def module():
    return make_module()


@pytest.fixture
def own(organisation, module):
    return make_programme(module, organisation=organisation)


def create(organisation, *modules, title="Veilig melden", at=NOW, **options):
    return create_programme(
        organisation=organisation,
        title=title,
        reason="Omdat het helpt.",
        onboarding=modules,
        by=None,
        at=at,
        **options,
    )


def in_use(programme, kind=PathKind.REFRESHER):
    return list(programme.paths.filter(kind=kind, retired_at=None).order_by("number"))


def refresh_with(programme, *modules, at=NOW, **options):
    return set_path(
        programme=programme, kind=PathKind.REFRESHER, modules=modules, by=None, at=at, **options
    )


def test_without_a_path_to_refresh_with_people_repeat_the_start(organisation, module):
    made = create(organisation, module)
    [path] = in_use(made)
    assert modules_of(path.pk) == [module]
    assert made.policy.terms_on(TODAY).starts_on == TODAY


def test_a_double_click_makes_one_programme(organisation, module):
    assert create(organisation, module) == create(organisation, module)
    assert PolicyTerms.objects.count() == 1
    assert AuditEvent.objects.filter(action="programme_created").count() == 1


def test_a_title_is_used_once_per_organisation_whatever_its_capitals(organisation, module):
    create(organisation, module)
    with pytest.raises(TitleInUse):
        create(organisation, module, title="VEILIG melden", at=LATER)
    create(make_organisation(), module)  # elsewhere it is free
    assert Programme.objects.count() == 2


def test_the_title_of_a_shipped_programme_is_taken_too(organisation, module):
    shipped = make_programme(module)
    with pytest.raises(TitleInUse):
        create(organisation, module, title=shipped.title)


@pytest.mark.parametrize(
    ("modules", "refusal"),
    [
        (lambda module: [], NoModules),
        (lambda module: [module, module], ModuleTwice),
        (lambda module: [module, make_module(versions=0)], ModuleNotPublished),
    ],
)
def test_a_list_that_nobody_can_follow_is_refused(organisation, module, modules, refusal):
    with pytest.raises(refusal):
        create(organisation, *modules(module))
    assert not Programme.objects.exists()


def test_a_module_that_is_taken_offline_is_refused(own):
    offline = make_module()
    offline.live = False
    offline.save(update_fields=["live"])
    with pytest.raises(ModuleNotPublished):
        refresh_with(own, offline)


def test_a_copy_has_its_own_paths_and_policy(organisation, module):
    other = make_module("Anders")
    shipped = make_programme(module, refreshers=[[module, other], [other]], active_months=18)
    copy = copy_programme(
        programme=shipped, organisation=organisation, title="Van ons", by=None, at=NOW
    )
    assert copy.policy != shipped.policy
    assert copy.policy.terms_on(TODAY).active_months == 18
    assert [modules_of(path.pk) for path in in_use(copy)] == [[module, other], [other]]
    set_terms(programme=copy, draft=SHORTER, by=None, at=NOW)
    assert shipped.policy.terms_on(TODAY).active_months == 18


def test_a_copy_takes_terms_that_are_still_to_come(organisation, module):
    shipped = make_programme(module)
    coming = TODAY + timedelta(days=40)
    PolicyTerms.objects.create(
        policy=shipped.policy, starts_on=coming, active_months=24, ladder=[], made_at=NOW
    )
    copy = copy_programme(
        programme=shipped, organisation=organisation, title="Van ons", by=None, at=NOW
    )
    rows = copy.policy.terms.order_by("starts_on").values_list("starts_on", "active_months")
    assert list(rows) == [(TODAY, 12), (coming, 24)]


def test_retired_paths_are_not_copied(organisation, own, module):
    refresh_with(own, make_module("Nieuw"), replaces=in_use(own)[0])
    copy = copy_programme(
        programme=own, organisation=organisation, title="Van ons", by=None, at=NOW
    )
    assert copy.paths.count() == 2


def test_changing_the_title_follows_in_the_name_of_the_policy(own):
    change_programme(programme=own, title="Nieuw", reason="Daarom.", by=None, at=NOW)
    own.refresh_from_db()
    assert own.title == "Nieuw"
    assert own.policy.name == f"Nieuw · {own.public_id}"
    change_programme(programme=own, title="Nieuw", reason="Daarom.", by=None, at=NOW)
    assert AuditEvent.objects.filter(action="programme_changed").count() == 1


def test_a_shipped_programme_is_read_only(module):
    shipped = make_programme(module)
    [path] = in_use(shipped)
    with pytest.raises(ShippedIsReadOnly):
        change_programme(programme=shipped, title="X", reason="Y", by=None, at=NOW)
    with pytest.raises(ShippedIsReadOnly):
        refresh_with(shipped, make_module())
    with pytest.raises(ShippedIsReadOnly):
        retire_path(path=path, by=None, at=NOW)


def test_another_list_is_another_path_and_the_old_one_retires(own, module):
    [old] = in_use(own)
    new = refresh_with(own, make_module("Nieuw"), module, replaces=old)
    old.refresh_from_db()
    assert old.retired_at == NOW
    assert modules_of(old.pk) == [module]
    assert in_use(own) == [new]
    assert new.number == old.number + 1


def test_the_start_is_always_replaced(own):
    new = set_path(
        programme=own, kind=PathKind.ONBOARDING, modules=[make_module("A")], by=None, at=NOW
    )
    assert in_use(own, PathKind.ONBOARDING) == [new]


def test_another_order_is_another_path(own, module):
    other = make_module("Anders")
    first = refresh_with(own, module, other)
    second = refresh_with(own, other, module, replaces=first)
    assert first != second


def test_the_same_list_again_changes_nothing(own, module):
    [path] = in_use(own)
    assert refresh_with(own, module, replaces=path) == path
    assert not AuditEvent.objects.exists()


def test_a_double_click_makes_one_path(own):
    other = make_module("Anders")
    assert refresh_with(own, other) == refresh_with(own, other)
    assert len(in_use(own)) == 2


def test_a_double_click_replaces_once(own):
    other = make_module("Anders")
    [old] = in_use(own)
    assert refresh_with(own, other, replaces=old) == refresh_with(own, other, replaces=old)
    assert own.paths.filter(kind=PathKind.REFRESHER).count() == 2


def test_two_paths_with_one_list_are_refused(own, module):
    with pytest.raises(SamePath):
        refresh_with(own, module)


def test_a_path_that_was_replaced_in_the_meantime_is_refused(own):
    [old] = in_use(own)
    refresh_with(own, make_module("A"), replaces=old)
    with pytest.raises(PathRetired):
        refresh_with(own, make_module("B"), replaces=old, at=LATER)


def test_the_last_path_to_refresh_with_stays(own):
    [last] = in_use(own)
    with pytest.raises(LastPath):
        retire_path(path=last, by=None, at=NOW)
    refresh_with(own, make_module("Anders"))
    retire_path(path=last, by=None, at=NOW)
    retire_path(path=last, by=None, at=LATER)  # again does nothing
    assert last not in in_use(own)
    assert AuditEvent.objects.filter(action="path_retired").count() == 1


def test_who_is_halfway_keeps_the_path_that_was_begun(own, organisation, module):
    make_rule(organisation, own)
    worker = make_worker(make_team(organisation))
    assignment = make_assignment(worker)
    start_attempt(assignment=assignment, module=module, at=NOW)
    begun = in_use(own, PathKind.ONBOARDING)[0]
    new = set_path(
        programme=own, kind=PathKind.ONBOARDING, modules=[make_module("Nieuw")], by=None, at=NOW
    )
    assert path_for(assignment, PathKind.ONBOARDING, TODAY).path == begun.pk
    other = make_assignment(make_worker(make_team(organisation)))
    assert path_for(other, PathKind.ONBOARDING, TODAY).path == new.pk


def test_other_numbers_are_another_row_and_windows_move(own, organisation):
    make_rule(organisation, own)
    worker = make_worker(make_team(organisation))
    through = date(2026, 7, 15)
    covered(worker, through=through)
    assert Validity.objects.get().window_opens_on == date(2026, 6, 15)
    row = set_terms(programme=own, draft=SHORTER, by=None, at=NOW)
    assert (row.starts_on, row.active_months) == (TODAY, 6)
    assert own.policy.terms.count() == 2
    validity = Validity.objects.get()
    assert (validity.window_opens_on, validity.certified_through) == (date(2026, 5, 15), through)
    assert validity.assignment.cycles.open().get().opened_on == TODAY


def test_terms_that_are_to_come_change_nothing_yet(own, organisation):
    make_rule(organisation, own)
    covered(make_worker(make_team(organisation)), through=date(2026, 12, 15))
    coming = TODAY + timedelta(days=30)
    draft = TermsDraft(policy=Policy(window_months=3), starts_on=coming)
    set_terms(programme=own, draft=draft, by=None, at=NOW)
    validity = Validity.objects.get()
    assert validity.window_opens_on == date(2026, 11, 15)
    assert validity.next_change_on == coming  # the daily run looks again on that day


def test_the_same_numbers_twice_make_one_row(own):
    for _click in range(2):
        set_terms(programme=own, draft=SHORTER, by=None, at=NOW)
    assert own.policy.terms.count() == 2
    assert AuditEvent.objects.filter(action="policy_terms_set").count() == 1


def test_of_two_rows_of_one_day_the_later_written_holds(own):
    set_terms(programme=own, draft=SHORTER, by=None, at=NOW)
    fixed = TermsDraft(policy=Policy(basis=Basis.FIXED))
    set_terms(programme=own, draft=fixed, by=None, at=NOW)
    assert own.policy.terms_on(TODAY).basis == "fixed"


@pytest.mark.parametrize(
    ("starts_on", "refusal"),
    [(TODAY - timedelta(days=1), TermsInThePast), (date(2032, 1, 1), TermsTooFarAhead)],
)
def test_terms_begin_today_or_within_five_years(own, starts_on, refusal):
    draft = TermsDraft(policy=Policy(active_months=6), starts_on=starts_on)
    with pytest.raises(refusal):
        set_terms(programme=own, draft=draft, by=None, at=NOW)
    assert own.policy.terms.count() == 1


def test_paths_are_never_deleted(own, module):
    before = ProgrammePath.objects.count()
    refresh_with(own, make_module("Nieuw"), replaces=in_use(own)[0])
    assert ProgrammePath.objects.count() == before + 1
