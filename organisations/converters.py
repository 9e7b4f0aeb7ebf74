"""How identifiers stand in addresses."""

from organisations.identifiers import LENGTH


class PublicId:
    """A `public_id`. Anything else is not found before a query is made."""

    regex = f"[2-9a-z]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
