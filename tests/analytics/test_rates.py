"""Rates with exact intervals, against a hand-worked case and a slow second implementation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.rules.rates import rate
from tests.oracles import poisson


def test_by_hand() -> None:
    """10 events: Garwood's table gives 4.795 to 18.390. Over 2,000 client-months: halve it."""
    found = rate(events=10, exposure=2000)
    assert found is not None
    assert found.estimate == 5
    assert found.lower == pytest.approx(4.795 / 2, abs=5e-4)
    assert found.upper == pytest.approx(18.390 / 2, abs=5e-4)


def test_no_events_has_a_lower_limit_of_exactly_zero() -> None:
    """The upper limit is -ln(0.025) = 3.689 events."""
    found = rate(events=0, exposure=1000)
    assert found is not None
    assert (found.estimate, found.lower) == (0, 0)
    assert found.upper == pytest.approx(3.6889, abs=5e-5)


@pytest.mark.parametrize("events", [0, 1, 2, 3, 7, 20, 61, 150])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_against_the_oracle(events: int, level: float) -> None:
    found = rate(events=events, exposure=1000, level=level)
    assert found is not None
    assert (found.lower, found.upper) == pytest.approx(poisson.interval(events, level), rel=1e-7)


@pytest.mark.parametrize(("events", "exposure"), [(None, 100), (3, None), (3, 0), (0, 0)])
def test_unknown_is_never_zero_or_infinite(events: int | None, exposure: float | None) -> None:
    assert rate(events=events, exposure=exposure) is None


@pytest.mark.parametrize(("events", "exposure"), [(-1, 100), (3, -1)])
def test_negative_facts_are_a_fault_of_the_caller(events: int, exposure: float) -> None:
    with pytest.raises(ValueError, match="negative"):
        rate(events=events, exposure=exposure)


EVENTS = st.integers(0, 5_000)
EXPOSURES = st.floats(1, 1e6)


@settings(deadline=None)
@given(EVENTS, EXPOSURES)
def test_the_estimate_lies_in_its_interval(events: int, exposure: float) -> None:
    found = rate(events=events, exposure=exposure)
    assert found is not None
    assert 0 <= found.lower <= found.estimate < found.upper


@settings(deadline=None)
@given(EVENTS, EXPOSURES, st.floats(0.1, 100))
def test_more_exposure_scales_everything_down(events: int, exposure: float, by: float) -> None:
    one, more = rate(events=events, exposure=exposure), rate(events=events, exposure=by * exposure)
    assert one is not None
    assert more is not None
    assert [more.lower * by, more.estimate * by, more.upper * by] == pytest.approx(
        [one.lower, one.estimate, one.upper]
    )


@settings(deadline=None)
@given(EVENTS)
def test_one_event_more_moves_both_limits_up(events: int) -> None:
    now, more = rate(events=events, exposure=1000), rate(events=events + 1, exposure=1000)
    assert now is not None
    assert more is not None
    assert more.lower > now.lower
    assert more.upper > now.upper


@settings(deadline=None)
@given(EVENTS)
def test_a_higher_level_is_wider(events: int) -> None:
    narrow = rate(events=events, exposure=1000, level=0.8)
    wide = rate(events=events, exposure=1000, level=0.99)
    assert narrow is not None
    assert wide is not None
    assert wide.lower <= narrow.lower
    assert wide.upper > narrow.upper
