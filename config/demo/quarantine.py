"""An activity that waits: its software is ours with larger letters, and nobody approved it yet."""

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

from config.demo.exercise import bring_in
from modules.h5p import library
from modules.h5p.export import export_of
from modules.models import H5PPackage
from organisations.models import User

SOURCE = "tijdens-de-afwas"
TITLE = "Tijdens de afwas, met grotere letters (voorbeeld)"
FILENAME = "tijdens-de-afwas-grotere-letters.h5p"
Change = Callable[[str], str]


def wait_for_approval(*, by: User, at: datetime) -> H5PPackage:
    """As somebody else might have changed it: a higher patch, and one line of its style."""
    folder, patch = library.FOLDER.name, library.described()["patchVersion"]
    changes: dict[str, Change] = {
        "h5p.json": lambda text: json.dumps({**json.loads(text), "title": TITLE}),
        f"{folder}/library.json": lambda text: text.replace(
            f'"patchVersion": {patch}', f'"patchVersion": {patch + 1}'
        ),
        f"{folder}/css/gesprek.css": lambda text: text.replace("size: 18px;", "size: 22px;"),
    }
    return bring_in(_changed(export_of(SOURCE), changes), FILENAME, by=by, at=at)


def _changed(data: bytes, changes: dict[str, Change]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for member in old.infolist():
            body = old.read(member)
            if change := changes.get(member.filename):
                body = change(body.decode()).encode()
            new.writestr(member, body)
    return packed.getvalue()
