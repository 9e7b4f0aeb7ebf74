"""Figures. They draw what they are given and query nothing.

Written as Plotly reads them: its own classes check every value and cost more than the page.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.rules.forecast import Forecast
from learning.selectors.coverage import MonthTally

# Drawn from the bottom: colour of the theme (js/chart.js fills in the reader's) and a pattern,
# which tells the groups apart without colour.
GROUPS = [
    ("covered", "theme:covered-line", ""),
    ("not_covered", "theme:none-line", "x"),
    ("unassigned", "theme:line", "-"),
]

WHOLE_TICKS = 8


def group_labels() -> dict[str, str]:
    return {
        "covered": _("covered"),
        "not_covered": _("not covered"),
        "unassigned": _("training not assigned"),
    }


def month_label(month: date) -> str:
    return format_date(month, "MMM yyyy", locale=get_language() or "nl")


def month_name(month: date) -> str:
    return format_date(month, "LLLL yyyy", locale=get_language() or "nl")


def coverage_figure(months: Sequence[MonthTally]) -> dict[str, Any]:
    """People per group at the end of each month, stacked. People on leave are left out."""
    labels = group_labels()
    names = [month_label(month.month) for month in months]
    bars = [
        _bars(
            names,
            [getattr(month.tally, group) for month in months],
            name=labels[group],
            colour=colour,
            shape=shape,
        )
        for group, colour, shape in GROUPS
    ]
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"}
    most = max((month.tally.total for month in months), default=0)
    return {"data": bars, "layout": _layout(most) | {"barmode": "stack", "legend": legend}}


def forecast_figure(forecast: Forecast) -> dict[str, Any]:
    """People per month in which they fall due; who is late already stands first."""
    late = _("too late now")
    names = [month_label(row.month) for row in forecast.months]
    most = max([forecast.late, *(row.number for row in forecast.months)])
    return {
        "data": [
            _bars([late], [forecast.late], name=late, colour="theme:overdue-line", shape="x"),
            _bars(
                names,
                [row.number for row in forecast.months],
                name=_("must renew or finish"),
                colour="theme:chart-1",
                shape="",
            ),
        ],
        "layout": _layout(most) | {"showlegend": False},
    }


def _bars(
    names: list[str], numbers: list[int], *, name: str, colour: str, shape: str
) -> dict[str, Any]:
    pattern = {"shape": shape, "fillmode": "overlay", "fgcolor": "white"}
    return {
        "type": "bar",
        "name": name,
        "x": names,
        "y": numbers,
        "marker": {"color": colour, "pattern": pattern},
        "hovertemplate": "%{x}: %{y} " + name + "<extra></extra>",
    }


def _layout(most: int) -> dict[str, Any]:
    people: dict[str, Any] = {"title": {"text": _("people")}, "tickformat": "d"}
    if most <= WHOLE_TICKS:
        people["dtick"] = 1  # half a person would be shown as a whole one
    return {
        "yaxis": people | {"rangemode": "tozero"},
        "xaxis": {"type": "category"},
        "margin": {"l": 48, "r": 8, "t": 8, "b": 40},
    }
