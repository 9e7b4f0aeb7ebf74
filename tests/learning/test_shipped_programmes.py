import shutil
from datetime import UTC, datetime, timedelta

import pytest

from learning.actions import assign_by_rules, start_attempt
from learning.actions.paths import add_path
from learning.models import PathKind, Programme, ProgrammePath
from learning.programmes import load_programmes
from learning.selectors.rotation import modules_of, path_for
from modules.curriculum import load
from modules.errors import CurriculumFaulty
from modules.models import LoadedContent, ModulePage
from organisations.models import AuditEvent
from tests.factories.learning import make_rule
from tests.factories.organisations import make_organisation, make_team, make_worker

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = AT + timedelta(days=1)
FIRST, SECOND, OLD = "klusjes-en-schuld", "signalen-wegen", "het-gesprek-openen"
FILE = "programmes/mensenhandel-herkennen-en-bespreken.yaml"


@pytest.fixture
def folder(settings, tmp_path):
    """A copy of the curriculum, to change."""
    settings.MEDIA_ROOT = tmp_path / "media"
    shutil.copytree(settings.CURRICULUM_DIR, tmp_path / "curriculum")
    settings.CURRICULUM_DIR = tmp_path / "curriculum"
    return tmp_path / "curriculum/nl"


def change(folder, old, new):
    text = (folder / FILE).read_text("utf-8")
    assert old in text
    (folder / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def loaded(*slugs, at=AT):
    load(at, only=slugs)
    [programme] = load_programmes(at=at)
    return programme


def in_use(programme, kind=PathKind.ONBOARDING):
    paths = programme.paths.filter(kind=kind, retired_at=None).order_by("number")
    return [[page.slug for page in modules_of(path.pk)] for path in paths]


def as_a_former_version_left_it():
    """A programme with one module in both paths, and nothing remembered of its paths."""
    programme = loaded(OLD)
    LoadedContent.objects.filter(key__startswith="programme/").delete()
    assert in_use(programme) == in_use(programme, PathKind.REFRESHER) == [[OLD]]
    return programme


def test_the_path_to_start_with_holds_the_eight_modules_in_order(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load(AT)
    [programme] = load_programmes(at=AT)
    assert programme.title == "Mensenhandel herkennen en bespreken"
    assert programme.organisation is None
    assert in_use(programme) == [
        [
            "klusjes-en-schuld",
            "signalen-wegen",
            "geld-en-schulden",
            "het-gesprek-openen",
            "loyaliteit-en-lvb",
            "opnieuw-taxeren",
            "meldcode-en-toestemming",
            "samen-in-de-keten",
        ]
    ]
    assert in_use(programme, PathKind.REFRESHER) == [["het-gesprek-openen"]]
    terms = programme.policy.terms.get()
    assert (terms.active_months, terms.window_months) == (12, 1)


def test_loading_twice_changes_nothing():
    programme = loaded(FIRST, OLD)
    paths = list(programme.paths.values())
    assert loaded(FIRST, OLD, at=LATER) == programme
    assert list(programme.paths.values()) == paths
    assert not AuditEvent.objects.filter(action="path_set").exists()


def test_a_module_that_is_not_there_yet_is_left_out():
    assert in_use(loaded(SECOND, OLD)) == [[SECOND, OLD]]


def test_a_former_site_gets_a_new_path_once_and_the_old_one_retires():
    programme = as_a_former_version_left_it()
    old = programme.paths.get(kind=PathKind.ONBOARDING)
    assert loaded(FIRST, OLD, at=LATER) == programme
    assert in_use(programme) == [[FIRST, OLD]]
    old.refresh_from_db()
    assert old.retired_at == LATER
    assert in_use(programme, PathKind.REFRESHER) == [[OLD]]
    [event] = AuditEvent.objects.filter(action="path_set")
    assert event.detail["before"] == old.public_id
    loaded(FIRST, OLD, at=LATER + timedelta(days=1))
    assert programme.paths.count() == 3


def test_who_is_halfway_finishes_the_old_path():
    programme = as_a_former_version_left_it()
    organisation = make_organisation()
    worker = make_worker(make_team(organisation))
    make_rule(organisation, programme, starts_on=AT.date(), due_after_days=90)
    assignment = assign_by_rules(user=worker, by=None, at=AT)[0]
    old = programme.paths.get(kind=PathKind.ONBOARDING)
    start_attempt(assignment=assignment, module=ModulePage.objects.get(slug=OLD), at=AT)
    loaded(FIRST, OLD, at=LATER)
    assert path_for(assignment, PathKind.ONBOARDING, LATER.date()).path == old.pk


def test_paths_that_somebody_changed_on_the_site_stay(folder, caplog):
    programme = loaded(FIRST, SECOND, OLD)
    path = programme.paths.get(kind=PathKind.ONBOARDING)
    path.retired_at = AT
    path.save()
    add_path(programme, PathKind.ONBOARDING, [ModulePage.objects.get(slug=SECOND)])
    change(folder, f"      - {FIRST}\n", "")
    loaded(FIRST, SECOND, OLD, at=LATER)
    assert in_use(programme) == [[SECOND]]
    assert "somebody changed the paths" in caplog.text


def test_a_former_path_that_somebody_changed_stays():
    programme = as_a_former_version_left_it()
    programme.paths.filter(kind=PathKind.ONBOARDING).update(retired_at=AT)
    load(AT, only=[SECOND])
    add_path(programme, PathKind.ONBOARDING, [ModulePage.objects.get(slug=SECOND)])
    loaded(FIRST, OLD, at=LATER)
    assert in_use(programme) == [[SECOND]]


def test_another_path_to_refresh_with_is_added_beside_the_first(folder):
    programme = loaded(FIRST, OLD)
    added = f"  - kind: refresher\n    modules: [{FIRST}]\n"
    change(folder, "  - kind: refresher\n", f"{added}\n  - kind: refresher\n")
    loaded(FIRST, OLD, at=LATER)
    assert in_use(programme, PathKind.REFRESHER) == [[OLD], [FIRST]]
    loaded(FIRST, OLD, at=LATER)
    assert ProgrammePath.objects.filter(kind=PathKind.REFRESHER).count() == 2


def test_a_path_is_not_replaced_by_one_that_nobody_can_follow(folder):
    programme = loaded(FIRST, SECOND, OLD)
    ModulePage.objects.get(slug=SECOND).unpublish()
    change(folder, f"      - {FIRST}\n", "")
    loaded(FIRST, SECOND, OLD, at=LATER)
    assert in_use(programme) == [[FIRST, SECOND, OLD]]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"      - {SECOND}\n", "      - signalen-wikken\n"),
        ("slug: mensenhandel-herkennen-en-bespreken", "slug: anders"),
        ("active_months: 12", "active_months: jaar"),
        ("reason: >-", "readon: >-"),
    ],
)
def test_a_faulty_file_is_refused_by_name_and_line(folder, old, new):
    line = change(folder, old, new)
    with pytest.raises(CurriculumFaulty) as refusal:
        loaded(FIRST, OLD)
    assert any(fault.line == line for fault in refusal.value.faults)
    assert refusal.value.faults[0].file == f"nl/{FILE}"
    assert not Programme.objects.exists()
