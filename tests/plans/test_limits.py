"""What a plan says of process limits, and each refusal as a whole sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpikit.plans.limits import LimitsPlan
from tests.plans.test_kpis import with_kpi
from tests.plans.texts import read_one, refusal

REBASE = "{from: 2011-03, on: 2011-06-01, by: Anna, why: Moved}"


def test_the_keys_of_limits(tmp_path: Path) -> None:
    text = with_kpi(chart="run", frozen="{from: 2010-01, to: 2010-12}", rebase=f"[{REBASE}]")
    limits = read_one(tmp_path, text).kpis[0].limits
    assert limits.chart == "run" and limits.frozen is not None
    assert (str(limits.frozen.start), str(limits.frozen.last_day)) == ("2010-01-01", "2010-12-31")
    (rebase,) = limits.rebases
    assert (rebase.start.key, str(rebase.on), rebase.by, rebase.why) == ("2011-03", "2011-06-01", "Anna", "Moved")


def test_without_the_keys_the_data_decide(tmp_path: Path) -> None:
    assert read_one(tmp_path, with_kpi()).kpis[0].limits == LimitsPlan()


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"chart": "c"}, "chart: chart == 'c', must be one of xmr, p, u, t, g, run."),
        (
            {"frozen": "{from: 2010-01, to: 2010-11}"},
            "frozen.to: 2010-01 to 2010-11 are 11 of the cadence's periods, must be 12 or more.",
        ),
        ({"frozen": "{from: 2010-03, to: 2010-01}"}, "frozen.to: 2010-01 does not lie after 2010-03."),
        ({"rebase": f"[{REBASE}, {REBASE}]"}, "rebase: 2011-03 must lie after 2011-03."),
        ({"rebase": "[{from: 2011-03, on: 2011-06-01, by: Anna}]"}, "rebase[1].why: is required."),
    ],
)
def test_what_is_wrong_with_limits_is_refused(tmp_path: Path, keys: dict[str, str], sentence: str) -> None:
    said = refusal(tmp_path, a_1=with_kpi(**keys))
    assert said.endswith(f"goals.grow.kpis[1].{sentence}")


def test_a_profile_that_is_not_known_is_refused(tmp_path: Path) -> None:
    text = with_kpi().replace("schema: 1\n", "schema: 1\nprofile: nsh\n")
    assert "profile == 'nsh', must be one of nhs, wheeler, anhoej. Did you mean 'nhs'?" in refusal(tmp_path, a_1=text)
