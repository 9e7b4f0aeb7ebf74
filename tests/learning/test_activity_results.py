"""Best, last and first of tries: no database needed."""

from datetime import timedelta
from itertools import permutations

from learning.rules.activity_results import Result, Results, disagrees, results_of
from tests.factories.learning import NOW


def tried(number, scaled=None, *, is_verified=False):
    return Result(
        public_id=f"run{number}",
        number=number,
        ended_at=NOW + timedelta(minutes=number),
        scaled=scaled,
        is_verified=is_verified,
    )


def test_without_tries_there_is_nothing():
    assert results_of([]) == Results(best=None, last=None, first=None, count=0, tries=())


def test_one_try_is_best_last_and_first():
    only = tried(1, 0.5)
    assert results_of([only]) == Results(only, only, only, 1, (only,))


def test_a_worse_try_never_takes_the_place_of_a_better_one():
    good, bad, middling = tried(1, 0.9), tried(2, 0.1), tried(3, 0.5)
    for order in permutations([good, bad, middling]):
        found = results_of(order)
        assert (found.best, found.last, found.first) == (good, middling, good)
        assert (found.count, found.tries) == (3, (good, bad, middling))


def test_a_better_try_takes_its_place():
    assert results_of([tried(1, 0.1), tried(2, 0.9)]).best == tried(2, 0.9)


def test_of_equal_ones_what_was_scored_here_is_best():
    verified = tried(2, 0.8, is_verified=True)
    assert results_of([tried(1, 0.8), verified, tried(3, 0.8)]).best == verified


def test_what_was_only_told_never_goes_before_what_was_scored_here():
    verified = tried(2, 0.5, is_verified=True)
    assert results_of([tried(1, 1.0), verified, tried(3, 1.0)]).best == verified


def test_of_equal_ones_the_earliest_is_best():
    assert results_of([tried(3, 0.8), tried(2, 0.8), tried(4, 0.8)]).best == tried(2, 0.8)


def test_nothing_earned_is_better_than_nothing_told():
    assert results_of([tried(1), tried(2, 0.0), tried(3)]).best == tried(2, 0.0)


def test_without_points_no_try_is_best():
    found = results_of([tried(1), tried(2)])
    assert (found.best, found.last, found.first) == (None, tried(2), tried(1))


def test_points_disagree_when_either_differs():
    assert disagrees((3, 3), (2, 3))
    assert disagrees((3, 4), (3, 3))
    assert not disagrees((0.3333, 1), (1 / 3, 1))


def test_points_that_were_not_told_disagree_with_nothing():
    assert not disagrees((None, None), (2, 3))
    assert disagrees((None, 4), (2, 3))
