"""Writing a programme: what it is called, and which modules come in which order."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learning.selectors.programmes import ModuleLine
from modules.models import ModulePage
from organisations.forms.fields import PlainText

MOST_PLACES = 99


class Prose(forms.Textarea):
    """A few sentences. The browser's own check would draw it red before anything is typed."""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class ProgrammeForm(forms.Form):
    """What people see of a programme before they begin."""

    title = PlainText(
        label=_("Title"),
        max_length=120,
        help_text=_("People see this in their learning path, in mails and on the certificate."),
    )
    reason = forms.CharField(
        label=_("Why do people follow this?"),
        max_length=1000,
        widget=Prose(attrs={"rows": 4, "aria-required": "true"}),
        help_text=_("In two or three sentences. Everybody who follows it can read this."),
    )


class CopyForm(forms.Form):
    """The title of a copy."""

    title = PlainText(label=_("Title of your programme"), max_length=120)


class PathForm(forms.Form):
    """A place for each module that belongs in the path; the others stay empty.

    A number per module works without a mouse and without JavaScript.
    """

    def __init__(
        self,
        data: QueryDict | None,
        *,
        offered: Sequence[ModuleLine],
        chosen: Iterable[ModulePage] = (),
        may_be_empty: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.offered = offered
        self.may_be_empty = may_be_empty
        places = {module.pk: place for place, module in enumerate(chosen, start=1)}
        for line in offered:
            self.fields[line.module.public_id] = _place(line, places.get(line.module.pk))

    def rows(self) -> Iterator[tuple[ModuleLine, BoundField]]:
        for line in self.offered:
            yield line, self[line.module.public_id]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        taken: dict[int, str] = {}
        for line in self.offered:
            place = given.get(line.module.public_id)
            if place in taken:
                told = gettext("Place %(place)d is taken by %(title)s. Choose another.")
                facts = {"place": place, "title": taken[place]}
                self.add_error(line.module.public_id, told % facts)
            elif place is not None:
                taken[place] = line.module.title
        if not taken and not self.errors and not self.may_be_empty:
            self.add_error(None, gettext("Give at least one module a place."))
        return given

    @property
    def modules(self) -> list[ModulePage]:
        """What was chosen, in order. Of a valid form."""
        placed = [
            (self.cleaned_data[line.module.public_id], line.module)
            for line in self.offered
            if self.cleaned_data.get(line.module.public_id) is not None
        ]
        return [module for _number, module in sorted(placed, key=lambda pair: pair[0])]


class Together:
    """Several forms on one page, for the summary of errors above them."""

    def __init__(self, *forms_: forms.Form) -> None:
        self.forms = forms_

    def are_valid(self) -> bool:
        return not [one for one in self.forms if not one.is_valid()]

    @property
    def errors(self) -> bool:
        return any(one.errors for one in self.forms)

    @property
    def non_field_errors(self) -> list[Any]:
        return [error for one in self.forms for error in one.non_field_errors()]

    @property
    def visible_fields(self) -> list[BoundField]:
        return [field for one in self.forms for field in one.visible_fields()]


def _place(line: ModuleLine, place: int | None) -> forms.IntegerField:
    return forms.IntegerField(
        label=line.module.title,
        required=False,
        initial=place,
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Fill in a whole number, for instance 1."),
            "min_value": _("The first place is 1."),
            "max_value": _("Choose at most %(limit_value)s."),
        },
    )
