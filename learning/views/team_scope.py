"""What the pages about teams have in common: the teams in scope, the programme and the day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.utils.translation import gettext as _

from learning.models import Programme
from learning.selectors.chosen import programme_in, programmes_for
from organisations.access import Access
from organisations.clock import today_of
from organisations.models import Team
from organisations.requests import PersonRequest


def sees_team(access: Access) -> bool:
    return access.sees_team


@dataclass(frozen=True)
class Scope:
    """The teams that somebody may see, and the programme shown."""

    teams: list[Team]
    programmes: list[Programme]
    programme: Programme | None
    today: date

    def query(self, **more: str) -> str:
        """What keeps the choice when following a link; empty where nothing was chosen."""
        programme = self.programme if len(self.programmes) > 1 else None
        chosen = {"leerlijn": programme.public_id} if programme else {}
        pairs = {name: value for name, value in (chosen | more).items() if value}
        return f"?{urlencode(pairs)}" if pairs else ""


def scope_of(request: PersonRequest) -> Scope:
    """Two queries; a third where several programmes are followed and none was chosen."""
    today = today_of(request)
    teams = list(Team.objects.visible_to(request.access).order_by("name", "pk"))
    programmes = programmes_for(teams)
    asked = request.GET.get("leerlijn", "")
    return Scope(
        teams=teams,
        programmes=programmes,
        programme=programme_in(teams, programmes, asked, today=today),
        today=today,
    )


def day_asked(request: PersonRequest) -> date:
    """The day in `?op=`; today where it is empty, unreadable or still to come."""
    today = today_of(request)
    asked = request.GET.get("op", "")
    if not asked:
        return today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        messages.warning(request, _("That is not a date. You see today."))
        return today
    if day > today or day.year < 2000:
        messages.warning(request, _("Choose a day that has been. You see today."))
        return today
    return day
