"""How identifiers stand in addresses."""

from organisations.identifiers import LENGTH
from organisations.models import ContactKind

KINDS = {
    "aandachtsfunctionaris": ContactKind.FOCAL_PERSON,
    "veilig-thuis": ContactKind.VEILIG_THUIS,
    "zorgcoordinator": ContactKind.CARE_COORDINATOR,
    "politie": ContactKind.POLICE,
    "comensha": ContactKind.COMENSHA,
    "direct-gevaar": ContactKind.EMERGENCY,
}


class PublicId:
    """A `public_id`. Anything else is not found before a query is made."""

    regex = f"[2-9a-z]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Kind:
    """A kind of contact, in the words of the people who read addresses."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> ContactKind:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return next(words for words, kind in KINDS.items() if kind == value)
