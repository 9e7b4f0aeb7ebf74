"""Figures. They draw rows that were made elsewhere; they never query, and None makes a gap.

The intervals are bars that float from the lower to the upper limit: one per month, so that an
unknown month stays empty. Plotly checks colours, so that figures are built with those of the light
theme; what leaves names them (`theme:chart-1`), and js/chart.js fills in the reader's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from analytics.formats import separators
from analytics.presenters.rates import MonthRow

RATE_COLOUR = "#0b5260"
COVERAGE_COLOUR = "#a3550f"
THEME = {RATE_COLOUR: "theme:chart-1", COVERAGE_COLOUR: "theme:chart-2"}
PLAIN: dict[str, Any] = {"showgrid": True, "zeroline": False, "fixedrange": True}


def rates_and_coverage(rows: Sequence[MonthRow], *, rate_title: str) -> dict[str, Any]:
    """Rate with its interval above, training coverage under it, on one time axis."""
    figure = go.Figure(
        data=[_interval_band(rows), _rate_line(rows), _coverage_line(rows)],
        layout=_layout(rows, rate_title=rate_title),
    )
    return _plain(figure)


def _plain(figure: go.Figure) -> dict[str, Any]:
    """As a dictionary of lists and text, without Plotly's own colours."""
    drawn: dict[str, Any] = figure.to_plotly_json()
    drawn["layout"].pop("template", None)
    named: dict[str, Any] = _named(drawn)
    return named


def _named(value: Any) -> Any:
    """The same with the theme's names for its colours."""
    if isinstance(value, dict):
        return {key: _named(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_named(inner) for inner in value]
    return THEME.get(value, value) if isinstance(value, str) else value


def _days(rows: Sequence[MonthRow]) -> list[str]:
    return [row.month.isoformat() for row in rows]


def _interval_band(rows: Sequence[MonthRow]) -> go.Bar:
    return go.Bar(
        x=_days(rows),
        base=[row.rate.lower if row.rate else None for row in rows],
        y=[row.rate.upper - row.rate.lower if row.rate else None for row in rows],
        name=_("95% interval"),
        marker={"color": RATE_COLOUR, "line": {"width": 0}},
        opacity=0.25,
        hoverinfo="skip",
    )


def _rate_line(rows: Sequence[MonthRow]) -> go.Scatter:
    return go.Scatter(
        x=_days(rows),
        y=[row.rate.estimate if row.rate else None for row in rows],
        customdata=[f"{row.label}: {row.rate_text}" for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
        name=_("rate"),
        mode="lines+markers",
        connectgaps=False,
        line={"color": RATE_COLOUR, "width": 2},
        marker={"color": RATE_COLOUR, "size": 6},
    )


def _coverage_line(rows: Sequence[MonthRow]) -> go.Scatter:
    return go.Scatter(
        x=_days(rows),
        y=[None if row.coverage is None else 100 * row.coverage for row in rows],
        customdata=[f"{row.label}: {row.coverage_text}" for row in rows],
        hovertemplate="%{customdata}<extra></extra>",
        name=_("training coverage"),
        mode="lines+markers",
        connectgaps=False,
        line={"color": COVERAGE_COLOUR, "width": 2, "dash": "dot"},
        marker={"color": COVERAGE_COLOUR, "size": 6, "symbol": "square"},
        yaxis="y2",
    )


def _layout(rows: Sequence[MonthRow], *, rate_title: str) -> go.Layout:
    ticks = rows[:: max(1, len(rows) // 6)]
    return go.Layout(
        separators=separators(),
        bargap=0,
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hovermode="x",
        margin={"l": 56, "r": 16, "t": 48, "b": 48},
        xaxis={
            **PLAIN,
            "type": "date",
            "anchor": "y2",
            "tickvals": _days(ticks),
            "ticktext": [row.short for row in ticks],
        },
        yaxis={
            **PLAIN,
            "domain": [0.42, 1],
            "rangemode": "tozero",
            "title": {"text": rate_title},
        },
        yaxis2={
            **PLAIN,
            "domain": [0, 0.3],
            "range": [0, 105],
            "ticksuffix": "%",
            "title": {"text": _("coverage")},
        },
    )


@dataclass(frozen=True)
class Point:
    """One institution in the drawing of the association."""

    code: str
    coverage_points: float  # percentage points
    rate_change: float  # per 1,000 client-months
    words: str


def change_on_change(points: Sequence[Point]) -> dict[str, Any]:
    """Every institution as a point. No line through them: the measure is of ranks."""
    figure = go.Figure(
        data=[
            go.Scatter(
                x=[point.coverage_points for point in points],
                y=[point.rate_change for point in points],
                customdata=[point.words for point in points],
                hovertemplate="%{customdata}<extra></extra>",
                mode="markers",
                name=_("institution"),
                marker={"color": RATE_COLOUR, "size": 11, "symbol": "diamond"},
            )
        ],
        layout=go.Layout(
            separators=separators(),
            showlegend=False,
            margin={"l": 64, "r": 16, "t": 16, "b": 56},
            xaxis={
                **PLAIN,
                "zeroline": True,
                "title": {"text": _("coverage: change in points")},
            },
            yaxis={
                **PLAIN,
                "zeroline": True,
                "title": {"text": _("per 1,000: change")},
            },
        ),
    )
    return _plain(figure)
