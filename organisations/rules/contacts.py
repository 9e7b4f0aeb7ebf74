"""What a contact of an organisation must hold before others may rely on it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST_DIGITS, MOST_DIGITS = 3, 15  # 112; E.164
PHONE = re.compile(r"\+?[0-9() \-]+")
A_YEAR = timedelta(days=365)
LONGEST_UNREVIEWED = timedelta(days=730)


@dataclass(frozen=True)
class ContactFacts:
    """Whom to turn to, and until when somebody stands for its being right. Empty: taken away."""

    name: str = ""
    phone: str = ""
    email: str = ""
    web_address: str = ""
    reachable: str = ""  # when, in words
    owner: str = ""  # who keeps it: a role or a name
    review_by: date | None = None  # right through this day
    is_public: bool = False  # also shown where nobody signs in

    @property
    def can_be_reached(self) -> bool:
        return bool(self.phone or self.email or self.web_address)


def dialled(phone: str) -> str:
    """What a telephone dials: digits, with a plus before them for another country.

    Empty when this is no telephone number. A zero in brackets is not dialled from abroad.
    """
    if not PHONE.fullmatch(phone):
        return ""
    kept = phone.replace("(0)", "") if phone.startswith("+") else phone
    digits = "".join(char for char in kept if char in "0123456789")
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return ""
    return f"+{digits}" if phone.startswith("+") else digits


def is_overdue(review_by: date | None, *, today: date) -> bool:
    """Whether nobody stands for it any more. On the day itself it still holds."""
    return review_by is not None and review_by < today


def may_be_reviewed_by(day: date, *, today: date) -> bool:
    """Not in the past, and not so far away that nobody looks at it again."""
    return today <= day <= today + LONGEST_UNREVIEWED
