"""When Wagtail publishes a module, or a scenario in one, learners get a new version."""

import logging
from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, published

from modules.actions import publish_version
from modules.errors import ModuleFaulty
from modules.models import ModulePage, Scenario
from modules.selectors import live_modules_with

logger = logging.getLogger(__name__)


def connect() -> None:
    page_published.connect(on_module_published, sender=ModulePage, dispatch_uid="module_version")
    published.connect(on_scenario_published, sender=Scenario, dispatch_uid="scenario_version")


def on_module_published(instance: ModulePage, revision: Any, **kwargs: Any) -> None:
    _publish(instance, revision)


def on_scenario_published(instance: Scenario, revision: Any, **kwargs: Any) -> None:
    for page in live_modules_with(instance) if instance.live else []:
        _publish(page, revision)


def _publish(page: ModulePage, revision: Any) -> None:
    """The form has refused faults already; other ways to publish end here without a version."""
    by = get_active_log_context().user or revision.user
    try:
        publish_version(module=page, by=by, at=timezone.now())
    except ModuleFaulty as refusal:
        logger.warning("No version made of module %s: %s", page.public_id, refusal)
