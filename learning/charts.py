"""Figures. They draw what they are given and query nothing."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.selectors.team import MonthTally

# Drawn from the bottom: colour of the theme (js/chart.js fills in the reader's) and a pattern,
# which tells the groups apart without colour.
GROUPS = [
    ("covered_beyond", "theme:covered-line", ""),
    ("soon", "theme:soon-line", "/"),
    ("not_yet", "theme:none-line", "."),
    ("overdue", "theme:overdue-line", "x"),
    ("unassigned", "theme:line", "-"),
]


def group_labels() -> dict[str, str]:
    return {
        "covered_beyond": _("covered"),
        "soon": _("expires within 60 days"),
        "not_yet": _("not done yet, still in time"),
        "overdue": _("too late"),
        "unassigned": _("no training assigned yet"),
    }


def month_label(tally: MonthTally) -> str:
    return format_date(tally.month, "MMM yyyy", locale=get_language() or "nl")


def coverage_figure(months: Sequence[MonthTally]) -> dict[str, Any]:
    """People per group at the end of each month, stacked. People on leave are left out."""
    labels = group_labels()
    names = [month_label(tally) for tally in months]
    bars = [
        go.Bar(
            name=labels[group],
            x=names,
            y=[getattr(tally.tally, group) for tally in months],
            marker={"pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": "white"}},
            hovertemplate="%{x}: %{y} " + labels[group] + "<extra></extra>",
        )
        for group, _colour, shape in GROUPS
    ]
    figure = go.Figure(
        data=bars,
        layout={
            "barmode": "stack",
            "yaxis": {"title": {"text": _("people")}, "tickformat": "d", "rangemode": "tozero"},
            "xaxis": {"type": "category"},
            "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
            "margin": {"l": 48, "r": 8, "t": 8, "b": 40},
        },
    )
    drawn: dict[str, Any] = figure.to_plotly_json()
    drawn["layout"].pop("template", None)
    # Plotly takes no names for colours, so these are put in when it has checked the rest.
    for bar, (_group, colour, _shape) in zip(drawn["data"], GROUPS, strict=True):
        bar["marker"]["color"] = colour
    return drawn
