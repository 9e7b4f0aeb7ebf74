"""Spearman, change on change: a hand-worked case, an oracle, and every refusal by name."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.rules.association import (
    Association,
    Code,
    NoVariationError,
    bonett_wright,
    change_of,
    change_on_change,
    spearman,
)
from analytics.rules.counts import Cell, Status
from analytics.rules.indicators import Indicator
from analytics.rules.months import months_between
from analytics.rules.panel import Observation, Panel
from tests.factories.analytics import counted
from tests.oracles import ranks

OUTCOME = Indicator.SUSPICIONS
MONTHS = months_between(date(2023, 1, 1), date(2025, 12, 1))


def test_by_hand() -> None:
    """Ranks 1 2 3 4 5 against 2 1 4 3 5: differences 1 1 1 1 0, rho = 1 - 6*4/120 = 0.8."""
    found = spearman([1, 2, 3, 4, 5], [20, 10, 40, 30, 50])
    assert found.rho == pytest.approx(0.8)
    assert found.n == 5


def test_the_interval_by_hand() -> None:
    """rho 0.5, n 28: z 0.54931, se sqrt(1.125/25) = 0.21213; 1.95996 se: 0.41577."""
    assert bonett_wright(0.5, 28) == pytest.approx((0.13275, 0.74653), abs=2e-5)


VALUES = st.lists(
    st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=8, max_size=40
).filter(lambda pairs: len({x for x, _ in pairs}) > 1 and len({y for _, y in pairs}) > 1)


@settings(deadline=None)
@given(VALUES)
def test_against_the_oracle_ties_included(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]
    found = spearman(xs, ys)
    assert found.rho == pytest.approx(ranks.rho(xs, ys), abs=1e-9)
    if abs(found.rho) < 1 - 12 / (len(xs) * (len(xs) ** 2 - 1)):
        expected = ranks.bonett_wright(found.rho, len(xs))
        assert (found.lower, found.upper) == pytest.approx(expected, abs=1e-7)


@settings(deadline=None)
@given(VALUES)
def test_symmetric_and_sign_follows(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]
    found, swapped, mirrored = spearman(xs, ys), spearman(ys, xs), spearman(xs, [-y for y in ys])
    assert swapped.rho == pytest.approx(found.rho)
    assert mirrored.rho == pytest.approx(-found.rho)
    assert (mirrored.lower, mirrored.upper) == pytest.approx((-found.upper, -found.lower))
    assert -1 <= found.lower <= found.rho <= found.upper <= 1


@settings(deadline=None)
@given(VALUES)
def test_only_the_order_counts(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]
    stretched = [x**3 + 7 for x in xs]
    assert spearman(stretched, ys).rho == pytest.approx(spearman(xs, ys).rho)


@given(st.integers(8, 200))
def test_a_perfect_ranking_keeps_an_interval_with_width(n: int) -> None:
    xs = [float(i) for i in range(n)]
    up, down = spearman(xs, xs), spearman(xs, xs[::-1])
    assert up.rho == pytest.approx(1)
    assert up.lower < up.upper == 1
    assert (down.lower, down.upper) == pytest.approx((-1, -up.lower))


def test_more_institutions_narrow_the_interval() -> None:
    widths = [high - low for low, high in (bonett_wright(0.3, n) for n in (8, 20, 72, 400))]
    assert widths == sorted(widths, reverse=True)


def test_differences_of_the_arithmetic_are_ties() -> None:
    with pytest.raises(NoVariationError):
        spearman([0.1 + 0.2, 0.3, 0.3, 0.3], [1, 2, 3, 4])


def test_fewer_than_four_pairs_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="four"):
        spearman([1, 2, 3], [1, 2, 3])


def observations(
    name: str, *, first: int, last: int, covered: int, months: list[date] = MONTHS
) -> list[Observation]:
    """100 clients a month; so many events a month in the first and in the second half."""
    half = len(months) // 2
    return [
        Observation(
            institution=name,
            month=month,
            cells={Indicator.CLIENTS: counted(100), OUTCOME: counted(first if i < half else last)},
            covered=0 if i < half else covered,
            eligible=100,
        )
        for i, month in enumerate(months)
    ]


def panel(institutions: list[list[Observation]], months: list[date] = MONTHS) -> Panel:
    names = tuple(rows[0].institution for rows in institutions)
    return Panel(names, tuple(months), tuple(o for rows in institutions for o in rows))


def rising(count: int) -> Panel:
    """The more covered, the more events more."""
    return panel(
        [observations(f"I{n:02}", first=2, last=2 + n, covered=10 * n) for n in range(1, count + 1)]
    )


def refused(result: Association, code: Code) -> None:
    assert (result.status, result.code, result.correlation) == ("refused", code, None)


def test_change_of_one_institution_by_hand() -> None:
    """First year 2 a month over 100: 20 per 1,000. Last year 5: 50. Coverage 0 to 0.4."""
    change = change_of(observations("A", first=2, last=5, covered=40), OUTCOME)
    assert change is not None
    assert (change.of_rate, change.of_coverage) == pytest.approx((30, 0.4))
    assert (change.first.events, change.last.exposure) == (24, 1200)


def test_eight_institutions_are_enough() -> None:
    result = change_on_change(rising(8), OUTCOME)
    assert (result.status, result.code) == ("ok", Code.OK)
    assert result.correlation is not None
    assert result.correlation.rho == pytest.approx(1)
    assert (result.n_institutions, result.n_informative, result.n_months) == (8, 8, 36)


def test_seven_institutions_are_too_few() -> None:
    result = change_on_change(rising(7), OUTCOME)
    refused(result, Code.TOO_FEW_INSTITUTIONS)
    assert result.n_informative == 7


def test_an_institution_without_enough_months_does_not_count() -> None:
    rows = rising(8)
    holes = set(MONTHS[:7])  # five of the first twelve are left
    kept = tuple(
        Observation(o.institution, o.month, {}, o.covered, o.eligible)
        if o.institution == "I01" and o.month in holes
        else o
        for o in rows.observations
    )
    result = change_on_change(Panel(rows.institutions, rows.months, kept), OUTCOME)
    refused(result, Code.TOO_FEW_INSTITUTIONS)
    assert (result.n_informative, result.n_missing) == (7, 7)


def test_unknown_coverage_is_not_zero_coverage() -> None:
    rows = [
        Observation(o.institution, o.month, o.cells, None, None)
        for o in observations("A", first=2, last=5, covered=40)
    ]
    assert change_of(rows, OUTCOME) is None


def test_twenty_three_months_are_too_few() -> None:
    months = MONTHS[:23]
    rows = [
        observations(f"I{n}", first=2, last=2 + n, covered=10 * n, months=months)
        for n in range(1, 9)
    ]
    refused(change_on_change(panel(rows, months), OUTCOME), Code.TOO_FEW_MONTHS)


def test_twenty_four_months_are_enough() -> None:
    months = MONTHS[:24]
    rows = [
        observations(f"I{n}", first=2, last=2 + n, covered=10 * n, months=months)
        for n in range(1, 9)
    ]
    assert change_on_change(panel(rows, months), OUTCOME).status == "ok"


@pytest.mark.parametrize("constant", ["coverage", "rate"])
def test_constant_input_is_refused(constant: str) -> None:
    rows = [
        observations(
            f"I{n}",
            first=2,
            last=3 if constant == "rate" else 2 + n,
            covered=50 if constant == "coverage" else 10 * n,
        )
        for n in range(1, 10)
    ]
    refused(change_on_change(panel(rows), OUTCOME), Code.CONSTANT_INPUT)


def test_an_empty_panel_is_refused() -> None:
    refused(change_on_change(Panel((), (), ()), OUTCOME), Code.TOO_FEW_MONTHS)


def test_events_are_counted_by_coverage() -> None:
    result = change_on_change(rising(8), OUTCOME)
    # First halves: 8 * 18 * 2 at coverage 0. Second: 18 * (2 + n), trained from n = 3 on.
    assert result.n_events_untrained == 8 * 18 * 2
    assert result.n_events_trained == 18 * sum(2 + n for n in range(3, 9))
    assert result.n_events == 8 * 18 * 2 + 18 * sum(2 + n for n in range(1, 9))


def test_the_mark_of_the_data_follows_the_data_and_not_their_order() -> None:
    rows = rising(8)
    turned = Panel(rows.institutions, rows.months, tuple(reversed(rows.observations)))
    assert turned.snapshot == rows.snapshot
    first = rows.observations[0]
    other = Observation(
        first.institution,
        first.month,
        {**first.cells, OUTCOME: Cell(Status.NOT_COUNTED)},
        first.covered,
        first.eligible,
    )
    changed = Panel(rows.institutions, rows.months, (other, *rows.observations[1:]))
    assert changed.snapshot != rows.snapshot


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(8)))
def test_the_order_of_institutions_changes_nothing(order: list[int]) -> None:
    assume(order != list(range(8)))
    rows = [observations(f"I{n}", first=2, last=2 + (n * 5) % 8, covered=10 * n) for n in range(8)]
    one = change_on_change(panel(rows), OUTCOME)
    other = change_on_change(panel([rows[i] for i in order]), OUTCOME)
    assert one.correlation is not None
    assert other.correlation is not None
    assert one.correlation.rho == pytest.approx(other.correlation.rho)
    assert one.data_snapshot_sha256 == other.data_snapshot_sha256
