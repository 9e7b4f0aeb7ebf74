"""The programme that is shipped: one mandatory training, once at the start and every year after.

Policies and programmes of an organisation's own come with the recertification engine.
"""

from django.db import transaction

from learning.models import Programme, ProgrammeModule, RecertificationPolicy
from learning.models.programme import Path
from modules.models import ModulePage

TITLE = "Mensenhandel herkennen en bespreken"
REASON = (
    "De meeste jonge slachtoffers van mensenhandel worden niet gezien. Wie oefent, merkt signalen "
    "eerder op en praat er makkelijker over. Wat u leert, zakt ook weer weg. Daarom herhaalt u "
    "deze training elk jaar."
)
POLICY = "Jaarlijks, herhalen in de laatste maand"


@transaction.atomic
def ensure_programme(module: ModulePage) -> Programme:
    """The shipped programme with this module in both paths; made when it is not there yet."""
    known = Programme.objects.filter(title=TITLE).first()
    if known is not None:
        return known
    policy, _made = RecertificationPolicy.objects.get_or_create(
        name=POLICY, defaults={"active_months": 12, "window_months": 1}
    )
    programme = Programme.objects.create(title=TITLE, reason=REASON, policy=policy)
    ProgrammeModule.objects.bulk_create(
        ProgrammeModule(programme=programme, module=module, path=path, position=1) for path in Path
    )
    return programme
