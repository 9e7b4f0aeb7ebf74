"""Publishing by approval: what may not be published by the form may not be approved either."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.workflows import publish_workflow_state

from modules import wording
from modules.compile import compile_module, published_story
from modules.models import ModulePage, Scenario
from modules.pictures import shown
from modules.rules.module_faults import review_faults, step_faults
from organisations.errors import Refused

MOST_NAMED = 3


class ApprovedFaulty(Refused):
    """What was approved has faults. Raising it undoes the approval; `edit_url` is where to mend."""

    message = _("“%(title)s” is not published, and not approved: %(faults)s")

    def __init__(self, *, title: str, faults: list[str], edit_url: str) -> None:
        super().__init__(title=title, faults=" ".join(faults[:MOST_NAMED]))
        self.edit_url = edit_url


def publish_approved(workflow_state: Any, user: Any) -> None:
    """Publish what was last written, or raise ApprovedFaulty."""
    draft = workflow_state.content_object.get_latest_revision_as_object()
    faults = fault_texts(draft)
    if faults:
        edit_url = AdminURLFinder(user).get_edit_url(draft) or ""
        raise ApprovedFaulty(title=str(draft), faults=faults, edit_url=edit_url)
    publish_workflow_state(workflow_state, user=user)


def fault_texts(draft: Any) -> list[str]:
    """In words, what keeps this from being published as it stands in this object."""
    if isinstance(draft, Scenario):
        return [wording.scenario_fault_text(fault) for fault in draft.faults]
    if isinstance(draft, ModulePage):
        content = compile_module(draft, show=shown, story_of=published_story)
        return wording.module_fault_texts(
            step_faults(content.steps) + review_faults(content.review)
        )
    return []
