"""The shipped programme over the years: it began with one module, and grew to eight."""

from datetime import datetime, timedelta

from config.demo.diary import Diary
from config.demo.moments import AMSTERDAM
from learning.actions.paths import add_path
from learning.models import PathKind, Programme
from learning.programmes import load_programmes
from modules.curriculum import load
from modules.models import LoadedContent, ModulePage

GREW = 56  # days ago
FIRST = "het-gesprek-openen"
KEPT = "programme/mensenhandel-herkennen-en-bespreken/onboarding"


def load_shipped(*, at: datetime, diary: Diary) -> Programme:
    """The curriculum, with a path to start with that is of today only since some weeks ago."""
    load(at)
    [programme] = load_programmes(at=at)
    _begin_with_one(programme)
    day = at.astimezone(AMSTERDAM).date() - timedelta(days=GREW)
    diary.on(day, _grow)
    return programme


def _begin_with_one(programme: Programme) -> None:
    """As sites were before. Nobody has begun what is taken away: there are no people yet."""
    for path in programme.paths.filter(kind=PathKind.ONBOARDING):
        path.entries.all().delete()
        path.delete()
    LoadedContent.objects.filter(key=KEPT).delete()
    add_path(programme, PathKind.ONBOARDING, [ModulePage.objects.get(slug=FIRST)])


def _grow(at: datetime) -> None:
    """As a site that is brought up to date: today's path takes the place of the old one."""
    load_programmes(at=at)
