"""The programme that is shipped: one mandatory training, once at the start and every year after.

Programmes of an organisation's own are written by its training coordinator.
"""

from datetime import date, datetime

from django.db import transaction

from learning.models import (
    PathKind,
    PolicyTerms,
    Programme,
    ProgrammeModule,
    ProgrammePath,
    RecertificationPolicy,
)
from learning.models.policy import LADDER
from modules.models import ModulePage

TITLE = "Mensenhandel herkennen en bespreken"
REASON = (
    "De meeste jonge slachtoffers van mensenhandel worden niet gezien. Wie oefent, merkt signalen "
    "eerder op en praat er makkelijker over. Wat u leert, zakt ook weer weg. Daarom herhaalt u "
    "deze training elk jaar."
)
POLICY = "Jaarlijks, herhalen in de laatste maand"
SINCE_EVER = date(2000, 1, 1)


@transaction.atomic
def ensure_programme(module: ModulePage, *, at: datetime) -> Programme:
    """The shipped programme with this module in both paths; made when it is not there yet."""
    known: Programme | None = Programme.objects.filter(
        title=TITLE, organisation__isnull=True
    ).first()
    if known is not None:
        return known
    policy, made = RecertificationPolicy.objects.get_or_create(name=POLICY)
    if made:
        PolicyTerms.objects.create(policy=policy, starts_on=SINCE_EVER, ladder=LADDER, made_at=at)
    programme: Programme = Programme.objects.create(title=TITLE, reason=REASON, policy=policy)
    for kind in PathKind:
        path = ProgrammePath.objects.create(programme=programme, kind=kind, number=1)
        ProgrammeModule.objects.create(path=path, module=module, position=1)
    return programme
