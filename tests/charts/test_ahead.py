"""What is to come, in a trend: where it begins and ends, its band, and the target on its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from matplotlib.axes import Axes

from kpikit.charts.ahead import columns, coming
from kpikit.charts.alternatives import trend_alt
from kpikit.charts.figures import figures
from kpikit.charts.look import colour
from kpikit.charts.trend import trend
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.forecast import Forecast
from kpikit.evaluation.forecast.outlook import Outlook
from kpikit.evaluation.targets.required import Required
from kpikit.words.language import language
from kpikit.words.units import COUNT
from tests.charts.samples import CALENDAR, YEAR, fact_of, full, keep, partial, series_of

SAY = language("en")


def ahead(first: str, number: int, kind: str | None, last: int = 0) -> Outlook:
    """A forecast of 100, 110, 120 ... with a spread of 10; the target is due in the period ``last``."""
    periods = tuple(CALENDAR.shift(CALENDAR.parse(first), step) for step in range(number))
    middle = tuple(100.0 + 10 * step for step in range(number))
    forecast = Forecast(24, model="theta", middle=middle, weights=(1.0,) + (0.0,) * (number - 1), sigma=10.0)
    window = YEAR if kind == "cumulative" else periods[last].window
    return Outlook(forecast, periods, kind, window if kind else None, 90.0, 100.0, 110.0, 0.34)


def seen(outlook: Outlook | None, running: bool = False) -> Fact:
    """Two years up to November 2011, the last of them complete or running."""
    values = [full(80.0 + index % 7) for index in range(23)] + [partial(30.0) if running else full(85.0)]
    target = replace(keep(105.0, 85.0), kind=outlook.kind or "reach") if outlook else None
    return replace(fact_of(values, COUNT, target=target, status="at_risk"), outlook=outlook)


@pytest.mark.parametrize(
    ("outlook", "running", "first", "shown", "places"),
    [
        (ahead("2011-12", 12, "reach", 3), False, 24, 4, 4),  # up to the target's day
        (ahead("2011-12", 12, "keep"), False, 24, 3, 3),
        (ahead("2011-12", 12, "cumulative"), False, 24, 1, 1),
        (ahead("2011-11", 12, "cumulative"), True, 23, 2, 1),  # around what the running month has so far
        (ahead("2011-12", 12, None), False, 0, 0, 0),
        (None, False, 0, 0, 0),
    ],
)
def test_what_is_shown_of_what_is_to_come(
    outlook: Outlook | None, running: bool, first: int, shown: int, places: int
) -> None:
    fact = seen(outlook, running)
    found = coming(fact)
    assert ([each.at for each in found], columns(fact)) == (list(range(first, first + shown)), places)


def test_the_forecast_is_dashed_and_goes_on_from_the_last_judged_value(empty: Callable[..., Axes]) -> None:
    ax = trend(seen(ahead("2011-12", 12, "reach", 3)), empty(), SAY)
    line = next(each for each in ax.lines if each.get_label() == "forecast")
    assert list(line.get_xydata()[0]) == [23, 85]  # type: ignore[index]
    assert list(line.get_xdata()), list(line.get_ydata()) == ([23, 24, 25, 26, 27], [85, 100, 110, 120, 130])
    assert line.get_linestyle() == "--"
    upright = [each for each in ax.lines if each.get_color() == colour("centre") and len(set(each.get_xdata())) == 1]
    assert len(upright) == 4 * 4
    square = next(each for each in ax.lines if each.get_marker() == "s")
    assert (list(square.get_xdata()), list(square.get_ydata())) == ([27], [105])
    written = [text.get_text() for text in ax.texts]
    assert {"Now 85", "Forecast 130", "Target 105"} <= set(written)
    assert ax.get_ylim()[0] < 100 - 12.8 and ax.get_ylim()[1] > 130 + 12.8


def test_of_a_running_period_the_forecast_begins_before_it(empty: Callable[..., Axes]) -> None:
    ax = trend(seen(ahead("2011-11", 12, "cumulative"), running=True), empty(), SAY)
    line = next(each for each in ax.lines if each.get_label() == "forecast")
    assert list(line.get_xdata()) == [22, 23, 24]


def test_the_forecast_in_words_and_figures() -> None:
    fact = replace(seen(ahead("2011-12", 12, "reach", 3)), required=Required("growth", 0.0234, 4))
    assert "Forecast for March 2012: 117 to 143." in trend_alt(fact, SAY, "Orders")
    box = str(figures(fact, SAY))
    said = ["Needed +2.3% each month", "Outlook 90 – 110 8 of 10 outcomes, by 31 March 2012", "Probability About 30%"]
    assert [line for line in said if line not in " ".join(box.split())] == []
    own = replace(fact.outlook, over=True, window=fact.series.points[-1].period.window)  # type: ignore[type-var]
    words = " ".join(str(figures(replace(fact, outlook=own), SAY)).split())
    assert "Estimate 90 – 110 8 of 10 outcomes Probability" in words
    then = replace(fact.outlook, over=True)  # type: ignore[type-var]
    words = " ".join(str(figures(replace(fact, outlook=then), SAY)).split())
    assert "Outlook then 90 – 110 8 of 10 outcomes, by 31 March 2012" in words


def test_of_a_time_that_is_over_an_estimate_is_drawn_and_no_forecast(empty: Callable[..., Axes]) -> None:
    missing = replace(ahead("2011-11", 1, "cumulative"), over=True, window=CALENDAR.parse("2011-11").window)
    fact = seen(missing)
    fact = replace(fact, series=series_of([full(80.0)] * 23 + [full(None)]))
    written = {text.get_text() for text in trend(fact, empty(), SAY).texts}
    assert "Estimate 100" in written and "Forecast 100" not in written
    assert "Estimate for November 2011: 87 to 113." in trend_alt(fact, SAY, "Orders")
