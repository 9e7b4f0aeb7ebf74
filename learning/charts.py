"""Figures. They draw what they are given and query nothing."""

from collections.abc import Sequence

import plotly.graph_objects as go
from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learning.selectors.team import MonthTally

# Drawn from the bottom; the pattern tells the groups apart without colour.
GROUPS = [
    ("covered_beyond", "theme:covered-line", ""),
    ("soon", "theme:soon-line", "/"),
    ("not_yet", "theme:ink-quiet", "."),
    ("overdue", "theme:overdue-line", "x"),
]


def group_labels() -> dict[str, str]:
    return {
        "covered_beyond": _("covered"),
        "soon": _("expires within 60 days"),
        "not_yet": _("not done yet, still in time"),
        "overdue": _("too late"),
    }


def month_label(tally: MonthTally) -> str:
    return format_date(tally.month, "MMM yyyy", locale=get_language() or "nl")


def coverage_figure(months: Sequence[MonthTally]) -> go.Figure:
    """People per group at the end of each month, stacked. People on leave are left out."""
    labels = group_labels()
    names = [month_label(tally) for tally in months]
    bars = [
        go.Bar(
            name=labels[group],
            x=names,
            y=[getattr(tally.tally, group) for tally in months],
            marker={"color": colour, "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": "#fff"}},
            hovertemplate="%{x}: %{y} " + labels[group] + "<extra></extra>",
        )
        for group, colour, shape in GROUPS
    ]
    figure = go.Figure(bars)
    figure.update_layout(
        template=None,
        barmode="stack",
        yaxis={"title": {"text": _("people")}, "tickformat": "d", "rangemode": "tozero"},
        xaxis={"type": "category"},
        legend={"orientation": "h", "y": -0.25},
        margin={"l": 48, "r": 8, "t": 8, "b": 40},
    )
    return figure
