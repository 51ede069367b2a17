"""The next version of a plan becomes a new file, or nothing is written at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from kpikit.plans.read import read_plans
from kpikit.plans.versions import write_version
from kpikit.words.errors import SettingError, UsageError
from tests.histories import CALENDAR, save
from tests.plans.texts import PLAN


def files(folder: Path) -> dict[str, str]:
    """Every file below the folder, with its text."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def document(**changes: object) -> dict[str, object]:
    """The next version as plain values of text, as a plan's file has them."""
    return {**yaml.load(PLAN, yaml.BaseLoader), "in_force_from": "2012-01-01", **changes}


def test_the_next_version_of_an_own_plan(tmp_path: Path) -> None:
    save(tmp_path, a_1=PLAN)
    assert write_version(tmp_path, "a", document(), CALENDAR) == tmp_path / "a" / "2.yml"
    first, second = read_plans(tmp_path, "a", CALENDAR)
    assert (first.version, second.version, second.goals) == (1, 2, first.goals)
    assert files(tmp_path)["a/1.yml"] == PLAN


def test_a_client_of_the_default_plan_keeps_its_history(tmp_path: Path) -> None:
    later = PLAN.replace("2011-01-01", "2011-07-01").replace("12000", "13000")
    save(tmp_path, default_1=PLAN, default_2=later)
    write_version(tmp_path, "a", document(), CALENDAR)
    assert [plan.version for plan in read_plans(tmp_path, "a", CALENDAR)] == [1, 2, 3]
    one, two, _ = read_plans(tmp_path, "a", CALENDAR)
    assert (one, replace(two, followed_on=None)) == read_plans(tmp_path, "b", CALENDAR)
    assert sorted(files(tmp_path)) == ["a/1.yml", "a/2.yml", "a/3.yml", "default/1.yml", "default/2.yml"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"in_force_from": "2011-01-01"}, "in_force_from: must lie after 2011-01-01, when version 1 came into force."),
        ({"review": "weekly"}, "review: review == 'weekly', must be one of quarterly, half-yearly."),
    ],
)
def test_what_is_no_plan_is_refused_and_nothing_is_written(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    save(tmp_path, default_1=PLAN)
    before = files(tmp_path)
    with pytest.raises(SettingError) as error:
        write_version(tmp_path, "a", document(**changes), CALENDAR)
    assert str(error.value).startswith(str(tmp_path / "a" / "2.yml"))
    assert str(error.value).endswith(reason)
    assert files(tmp_path) == before
    assert not (tmp_path / "a").exists()


def test_two_who_decide_at_once_do_not_overwrite_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path, a_1=PLAN)
    known = read_plans(tmp_path, "a", CALENDAR)
    write_version(tmp_path, "a", document(), CALENDAR)
    before = files(tmp_path)
    monkeypatch.setattr("kpikit.plans.versions.read_plans", lambda *_: known)  # what the other one still sees
    with pytest.raises(UsageError, match=r"2\.yml: somebody has just written this version\. Open the workspace again"):
        write_version(tmp_path, "a", document(vision="Another."), CALENDAR)
    assert files(tmp_path) == before


def test_a_version_says_what_it_changes_as_people_write_it(tmp_path: Path) -> None:
    """Over the version before; without quotes around what looks like a number, and short things on one line."""
    save(tmp_path, a_1=PLAN)
    goals = yaml.load(PLAN, yaml.BaseLoader)["goals"]
    name, goal = next(iter(goals.items()))
    decision = {"on": "2012-01-02", "by": "Ann", "what": "Let Bo do it.", "why": "He: knows it # best."}
    changed = document(goals={**goals, name: {**goal, "owner": "Bo"}}, decisions=[decision])
    write_version(tmp_path, "a", changed, CALENDAR)
    assert (
        files(tmp_path)["a/2.yml"]
        == f"""\
schema: 1
extends: a/1
in_force_from: 2012-01-01
goals:
  {name}: {{owner: Bo}}
decisions:
- on: 2012-01-02
  by: Ann
  what: Let Bo do it.
  why: 'He: knows it # best.'
"""
    )
    (plan,) = read_plans(tmp_path, "a", CALENDAR)[1:]
    assert (
        str(plan.goals[0].owner) == "Bo" and plan.goals[0].kpis == read_plans(tmp_path, "a", CALENDAR)[0].goals[0].kpis
    )


def test_a_version_without_something_is_written_whole(tmp_path: Path) -> None:
    save(tmp_path, a_1=PLAN)
    goals = yaml.load(PLAN, yaml.BaseLoader)["goals"]
    del goals["grow"]["pis"]
    write_version(tmp_path, "a", document(goals=goals), CALENDAR)
    assert "extends" not in files(tmp_path)["a/2.yml"]
    assert [plan.pis for plan in read_plans(tmp_path, "a", CALENDAR)] == [(("grow", "sales.orders"),), ()]
