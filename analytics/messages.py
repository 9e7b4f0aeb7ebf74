"""What is said beside a field when a count or a month cannot be kept."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.catalogue import BY_INDICATOR
from analytics.formats import number
from analytics.rules.counts import HIGHEST, Doubt, Fault
from analytics.rules.months import MonthFault

OF_FAULT = {
    Fault.TOO_LONG: gettext_lazy("This is too long for a number. Type the digits only."),
    Fault.NEGATIVE: gettext_lazy("A count cannot be negative. Type 0 or more."),
    Fault.GROUPED: gettext_lazy("Type the number without points or spaces, like 1000."),
    Fault.FRACTION: gettext_lazy("Type a whole number, without a comma or point."),
    Fault.OTHER_DIGITS: gettext_lazy("Use the digits 0 to 9."),
    Fault.NOT_A_NUMBER: gettext_lazy("This is not a number. Use the digits 0 to 9 only."),
    Fault.TOO_LARGE: gettext_lazy("This number is too large: %(highest)s at the most."),
    Fault.VALUE_MISSING: gettext_lazy(
        "Fill in the number, or choose another status. An empty field is not a zero."
    ),
    Fault.VALUE_WITHOUT_COUNT: gettext_lazy(
        "With this status there is no number. Empty the field, or choose “counted”."
    ),
    Fault.ZERO_NOT_CONFIRMED: gettext_lazy(
        "Are there really none? Then choose “zero, checked”. If not, choose another status."
    ),
    Fault.NOT_ZERO: gettext_lazy("“Zero, checked” goes with 0. Choose “counted” instead."),
    Fault.STATUS_UNKNOWN: gettext_lazy("Choose one of the statuses in the list."),
    Fault.STATUS_MISSING: gettext_lazy(
        "Choose a status. What was saved before cannot be made blank."
    ),
    Fault.ABOVE_CLIENTS: gettext_lazy(
        "This is more than the number of clients in care. Check both numbers."
    ),
}
OF_MONTH = {
    MonthFault.NO_MONTH: gettext_lazy("This is not a month. A year has the months 1 to 12."),
    MonthFault.TOO_EARLY: gettext_lazy("Counts are kept from January 2000 on."),
    MonthFault.FUTURE: gettext_lazy("This month is still to come. You can fill it in later."),
}


def fault_text(fault: Fault) -> str:
    return str(OF_FAULT[fault]) % {"highest": number(HIGHEST)}


def doubt_text(doubt: Doubt) -> str:
    """A question, not a reproach: the numbers may well be right."""
    if doubt.indicator is doubt.compared_with:
        return _("Last month it was %(before)s, now %(now)s. Is that right?") % {
            "before": number(doubt.other),
            "now": number(doubt.value),
        }
    return _(
        "%(first)s (%(value)s) is more than %(second)s (%(other)s). That is possible, for "
        "instance after an earlier suspicion. Is it right?"
    ) % {
        "first": BY_INDICATOR[doubt.indicator].label,
        "value": number(doubt.value),
        "second": BY_INDICATOR[doubt.compared_with].in_a_sentence,
        "other": number(doubt.other),
    }
