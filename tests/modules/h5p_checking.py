"""Short words for tests of the check of H5P files."""

from dataclasses import replace
from io import BytesIO

from modules.rules.h5p.caps import Caps
from modules.rules.h5p.check import check_package
from modules.rules.h5p.found import KnownLibrary
from tests.h5p_packages import members_of
from tests.h5p_zips import zipped

CAPS = Caps()


def short(value):
    """The name of a case: its bytes may be millions."""
    return f"{value[:20]!r}-{len(value)}" if isinstance(value, bytes) else str(value)


def checked(data, *, known=(), approve_inside=True, **caps):
    found = check_package(
        BytesIO(data), caps=replace(CAPS, **caps), known=known, approve_inside=approve_inside
    )
    assert all(reason.message_en for reason in found.reasons)  # its facts fill its words
    assert (found.verdict in {"refused", "quarantine"}) == bool(found.reasons)
    return found


def told(data, **options):
    """(file, code) of each reason why it is refused."""
    found = checked(data, **options)
    assert found.verdict == "refused", found
    return [(reason.file, reason.code) for reason in found.reasons]


def is_taken(data, **options):
    return checked(data, **options).verdict == "accepted"


def with_members(*extra, **options):
    """A sound package, with other members behind."""
    return zipped([*members_of(**options), *extra])


def with_lie(name, **lies):
    """A sound package in which one member is not as it says."""
    return zipped([replace(it, **lies) if it.name == name else it for it in members_of()])


def as_known(checked_file):
    """The libraries of a file, as if they had been approved."""
    return [
        KnownLibrary(
            one.ref, one.patch, one.digest, one.dependencies, one.core_api, one.reports_scores
        )
        for one in checked_file.libraries
    ]
