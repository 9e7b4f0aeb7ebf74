"""The accounts of the demo. Only the demo has them, and only it may show them."""

from dataclasses import asdict, dataclass

from config.demo.names import FIRST_NAMES, LAST_NAMES
from organisations.models import DemoSite, User

PASSWORD = "opmerkzaam-voorbeeld"  # noqa: S105 - printed on purpose, for the demo only


@dataclass(frozen=True)
class DemoAccount:
    """One account as `demo_accounts --json` prints it; the role in Dutch, as on the pages."""

    email: str
    password: str
    role: str
    name: str


ACCOUNTS = (
    DemoAccount("nieuw@demo.example", PASSWORD, "nieuwe medewerker", "Sanne de Wit"),
    DemoAccount("halverwege@demo.example", PASSWORD, "medewerker, halverwege", "Elif Özkan"),
    DemoAccount("herhaling@demo.example", PASSWORD, "medewerker, herhaling", "Tom Jansen"),
    DemoAccount("leidinggevende@demo.example", PASSWORD, "leidinggevende", "Marijke Peters"),
    DemoAccount(
        "aandachtsfunctionaris@demo.example", PASSWORD, "aandachtsfunctionaris", "Fatima Bouali"
    ),
    DemoAccount("onderzoeker@demo.example", PASSWORD, "onderzoeker", "Ruud van Loon"),
    DemoAccount("redacteur@demo.example", PASSWORD, "redacteur", "Iris Meijer"),
    DemoAccount(
        "bibliotheek@demo.example", PASSWORD, "beoordelaar van H5P-bibliotheken", "Nadia Vos"
    ),
    DemoAccount("opleidingen@demo.example", PASSWORD, "opleidingscoördinator", "Karin Hofman"),
    DemoAccount("beheer@demo.example", PASSWORD, "beheerder", "Wim de Graaf"),
)


def account(local_part: str) -> DemoAccount:
    return next(one for one in ACCOUNTS if one.email.startswith(f"{local_part}@"))


def make(local_part: str) -> User:
    """Make the account with its known password."""
    known = account(local_part)
    first_name, last_name = known.name.split(" ", 1)
    return User.objects.create_user(
        known.email, known.password, first_name=first_name, last_name=last_name
    )


def make_up(number: int) -> User:
    """Somebody who cannot sign in."""
    first = FIRST_NAMES[(number * 7) % len(FIRST_NAMES)]
    last = LAST_NAMES[(number * 5) % len(LAST_NAMES)]
    email = f"medewerker{number + 1}@demo.example"
    return User.objects.create_user(email, first_name=first, last_name=last)


def listed() -> list[dict[str, str]]:
    """What may be shown: nothing at all on a site that is not the demo."""
    return [asdict(one) for one in ACCOUNTS] if DemoSite.objects.exists() else []
