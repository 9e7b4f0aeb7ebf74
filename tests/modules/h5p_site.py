"""A site that takes in H5P, for tests: files of others in memory, modules that hold them."""

import json
from io import BytesIO

from django.core.files.base import ContentFile
from wagtail.models import Page

from modules.models import H5PLibrary, ModuleIndexPage, ModulePage
from modules.packages.approving import decide
from modules.packages.importing import Taken, take_in
from modules.packages.uploads import receive
from tests.factories.h5p import NOW
from tests.h5p_packages import package

IN_MEMORY = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
ITEM = {
    "question": "Klaar?",
    "explanation": "Daarom.",
    "options": [
        {"type": "item", "id": "ja", "value": {"text": "Ja", "is_correct": True}},
        {"type": "item", "id": "nee", "value": {"text": "Nee", "is_correct": False}},
    ],
}


def taken(body=None, *, replaces=None, by=None, at=NOW, filename="voorbeeld.h5p", **more) -> Taken:
    body = package() if body is None else body
    file = BytesIO(body)
    return take_in(file, filename=filename, replaces=replaces, by=by, at=at, **more)


def sent(body=None, *, by=None, at=NOW, replaces=None, name="voorbeeld.h5p"):
    file = ContentFile(package() if body is None else body, name)
    return receive(file=file, replaces=replaces, by=by, at=at)


def approve_all(by=None, at=NOW):
    for library in H5PLibrary.objects.waiting():
        decide(library, approve=True, reason="", by=by, at=at)


def module_with(*packages, live=True, title="Met H5P"):
    """A page with a step for each activity, and one that is scored here."""
    index = ModuleIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = root.add_child(instance=ModuleIndexPage(title="Modules", slug="modules"))
    page = ModulePage(title=title, summary="Oefenen.", live=live, steps=steps_with(*packages))
    return index.add_child(instance=page)


def steps_with(*packages):
    steps = [
        {
            "type": "h5p",
            "id": f"oefening-{package.pk}",
            "value": {"title": "Doe", "minutes": 3, "text": "", "activity": package.pk},
        }
        for package in packages
    ]
    items = [{"type": "item", "id": "vraag", "value": ITEM}]
    check = {"title": "Toets", "minutes": 2, "text": "", "items": items}
    return json.dumps([*steps, {"type": "knowledge_check", "id": "toets", "value": check}])


def publish(page):
    page.save_revision().publish()
    page.refresh_from_db()
    return page.current_version


def activity_of(version):
    """The public identifier of the H5P version that a module's version holds."""
    return next(step.activity.version for step in version.parsed.steps if step.activity)
