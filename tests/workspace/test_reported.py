"""From draft to sent: who did what when, what was reported then, and what is known now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kpikit.cli import main
from kpikit.evaluation.document import document
from kpikit.evaluation.reported import DRAFT, Revision, standing_words
from kpikit.render.batch import render
from kpikit.words.errors import SettingError, UsageError
from kpikit.words.language import Language
from kpikit.workspace import Workspace
from tests.workspaces import Sale, Shop, each_day, plan

KEEP = "{indicator: sales.revenue, cadence: month, target: {kind: keep, value: 300}}"
JANUARY = {"by": "Ane Bo", "on": "2024-04-05"}


def shop(folder: Path, *late: Sale) -> Workspace:
    """A sale of 10.00 on each day of January to March 2024, and the ``late`` ones."""
    rows = [*each_day("2024-01-01", "2024-03-31"), *late]
    return Shop(rows, covers="2024-01-01..2024-03-31", plans={"default/1": plan(KEEP)}).at(folder)


def approved(workspace: Workspace, period: str = "2024-01", state: str = "sent", **more: str) -> Path:
    return workspace.client("a").approve(period, state=state, **{**JANUARY, **more})


def words(workspace: Workspace, period: str = "2024-01", language: str = "en") -> str:
    return workspace.client("a").evaluate(period, language=language).standing


def test_a_report_is_a_draft_until_somebody_says_otherwise(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "w")
    assert (words(workspace), words(workspace, language="da")) == ("Draft", "Udkast")
    approved(workspace, state="checked", by="Cem")
    assert words(Workspace(tmp_path / "w")) == "Checked by Cem, 5 April 2024"
    approved(workspace, state="approved")
    assert words(Workspace(tmp_path / "w"), language="da") == "Godkendt af Ane Bo den 5. april 2024"
    assert words(Workspace(tmp_path / "w"), "2024-02") == "Draft"
    files = sorted(file.name for file in (tmp_path / "w/reported/a").iterdir())
    assert files == ["2024-01.001.json", "2024-01.002.json"]


def test_what_was_sent_is_kept_as_it_was(tmp_path: Path) -> None:
    file = approved(shop(tmp_path / "w"))
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert {key: kept[key] for key in ("schema", "period", "state", "by", "on", "as_of")} == {
        "schema": 1, "period": "2024-01", "state": "sent", "by": "Ane Bo", "on": "2024-04-05", "as_of": "2024-03-31",
    }  # fmt: skip
    figure = {"key": "sales.revenue", "value": 310.0, "status": "met", "achieved": 310.0, "target": 300.0}
    assert figure in kept["figures"]


def test_other_figures_make_it_a_draft_again_and_the_next_report_says_so(tmp_path: Path) -> None:
    approved(shop(tmp_path / "w"))
    late = shop(tmp_path / "w", Sale("2024-01-31", "90.00"))  # 310 became 400
    assert words(late) == "Draft. Sent by Ane Bo, 5 April 2024, with other figures."
    review = late.client("a").evaluate("2024-02")
    known = {each.key: each for each in review.evaluation.revisions}
    assert known["sales.revenue"] == Revision(
        "sales.revenue", review.evaluation.fact("sales.revenue").series.points[0].period, 310.0, 400.0,
        late.client("a").workspace.settings.reported("a")[0].on,
    )  # fmt: skip
    said = "Revenue, January 2024: £400.00; the report of 5 April 2024 said £310.00."
    assert said in review.revisions and said in str(review.notes())
    assert document(review.evaluation)["revisions"][0]["reported"] == 310.0


def test_a_figure_that_is_withdrawn_is_told(tmp_path: Path) -> None:
    approved(shop(tmp_path / "w"))
    rows = [*each_day("2024-02-01", "2024-03-31")]  # January's orders were another shop's: no order, so no average
    review = Shop(rows, covers="2024-01-01..2024-03-31", plans={"default/1": plan(KEEP)}).at(tmp_path / "w").client("a")
    told = [each for each in review.evaluate("2024-02").revisions if each.startswith("Average order value")]
    assert told == ["Average order value, January 2024: no value now; the report of 5 April 2024 said £10.00."]


def test_a_note_after_it_makes_it_a_draft_again(tmp_path: Path) -> None:
    workspace = shop(tmp_path / "w")
    workspace.client("a").note("Seen by all.", "2024-01", by="Cem")
    approved(Workspace(tmp_path / "w"))
    found = Workspace(tmp_path / "w")
    assert words(found) == "Sent by Ane Bo, 5 April 2024"
    found.client("a").note("About another month.", "2024-02", by="Cem")
    assert words(Workspace(tmp_path / "w")) == "Sent by Ane Bo, 5 April 2024"
    found.client("a").note("Seen by nobody.", "2024-01", by="Cem")
    assert words(Workspace(tmp_path / "w")) == "Draft. Sent by Ane Bo, 5 April 2024, with other notes."


def test_a_report_with_other_figures_is_not_called_sent(tmp_path: Path) -> None:
    shop(tmp_path / "w")
    render(tmp_path / "w", ["a"], ["2024-01"], workers=1)
    late = shop(tmp_path / "w", Sale("2024-01-31", "90.00"))
    with pytest.raises(UsageError, match=r"2024-01\.en\.html shows other figures than are known now. Render it again"):
        approved(late)
    assert not (tmp_path / "w" / "reported").exists()
    render(tmp_path / "w", ["a"], ["2024-01"], workers=1)
    assert approved(Workspace(tmp_path / "w")).exists()


def test_what_is_the_same_or_was_never_sent_is_not_revised(tmp_path: Path) -> None:
    approved(shop(tmp_path / "w"), state="approved")
    assert shop(tmp_path / "w", Sale("2024-01-31", "90.00")).evaluate("a", "2024-02").revisions == ()
    approved(shop(tmp_path / "v"))
    assert Workspace(tmp_path / "v").evaluate("a", "2024-02").revisions == ()
    assert shop(tmp_path / "v", Sale("2024-02-01", "9.00")).evaluate("a", "2024-02").revisions == ()


def test_a_later_report_of_the_period_counts(tmp_path: Path) -> None:
    approved(shop(tmp_path / "w"))
    approved(shop(tmp_path / "w", Sale("2024-01-31", "90.00")), on="2024-04-09")
    found = Workspace(tmp_path / "w")
    assert found.evaluate("a", "2024-02").revisions == () and words(found) == "Sent by Ane Bo, 9 April 2024"


def test_a_slice_tells_the_same(tmp_path: Path) -> None:
    approved(shop(tmp_path / "w"))
    late = shop(tmp_path / "w", Sale("2024-01-31", "90.00"))
    late.save_slice(tmp_path / "slice", ["a"], "2024-02", None)
    found = Workspace(tmp_path / "slice")
    assert found.evaluate("a", "2024-02").revisions == late.evaluate("a", "2024-02").revisions != ()
    assert not (tmp_path / "slice/reported/b").exists()


def test_what_cannot_be_said_is_refused_and_nothing_written(tmp_path: Path) -> None:
    client = shop(tmp_path / "w").client("a")
    for wrong, reason in (
        ({"state": "snet"}, "state == 'snet', must be one of checked, approved, sent. Did you mean 'sent'?"),
        ({"by": " "}, "the name of who it is by is empty."),
        ({"by": "A\nB"}, "holds the sign U+000A"),
        ({"period": "2025-01"}, "has not begun"),
        ({"on": "5 February"}, "on == '5 February'"),
        ({"on": "2023-12-31"}, "on == 2023-12-31, must be 2024-03-31 or later"),
    ):
        with pytest.raises(UsageError) as error:
            client.approve(**{"period": "2024-01", "by": "A", **wrong})  # type: ignore[arg-type]
        assert reason in str(error.value)
    assert not (tmp_path / "w/reported").exists()


def test_no_report_was_sent_before_there_was_one_and_the_way_out_works(tmp_path: Path) -> None:
    client = shop(tmp_path / "w").client("a")
    with pytest.raises(UsageError) as error:
        client.approve("2024-01", "Ane", "sent", on="2024-02-05")
    assert str(error.value) == (
        "on == 2024-02-05, must be 2024-03-31 or later: the figures of 2024-01 are seen from that day. For a report "
        "that was made by then, add --as-of 2024-02-05."
    )
    with pytest.raises(UsageError, match=r"seen from that day\.$"):  # a day before January has no report of it
        client.approve("2024-01", "Ane", "sent", on="2023-12-31")
    asked = [
        "approve",
        str(tmp_path / "w"),
        "--client",
        "a",
        "--period",
        "2024-01",
        "--by",
        "Ane",
        "--on",
        "2024-02-05",
    ]
    refused = CliRunner().invoke(main, asked)
    assert refused.exit_code == 2 and str(error.value) in refused.stderr and not (tmp_path / "w/reported").exists()
    done = CliRunner().invoke(main, [*asked, "--as-of", "2024-02-05"])
    assert done.exit_code == 0 and json.loads(Path(done.stdout.strip()).read_text())["as_of"] == "2024-02-05"
    assert client.approve("2024-02", "Ane", on="2024-02-20", as_of="2024-02-20").exists()  # in the middle of a period


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "cannot be read as a report that was kept"),
        ('{"schema": 2}', "schema 2 is not known here; a newer kpikit is needed."),
        ('{"schema": 1, "state": "draft"}', "state == 'draft', must be one of checked, approved, sent."),
        ('{"schema": 1, "state": "sent"}', "KeyError: 'by'"),
    ],
)
def test_a_broken_file_is_named(text: str, reason: str, tmp_path: Path) -> None:
    workspace = shop(tmp_path / "w")
    file = tmp_path / "w/reported/a/2024-01.001.json"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with pytest.raises(SettingError) as error:
        workspace.settings.reported("a")
    assert reason in str(error.value) and str(file) in str(error.value)
    (found,) = workspace.check().errors
    assert str(found).startswith("reported/a/2024-01.001.json: ") and reason in str(found)


def test_the_command(tmp_path: Path) -> None:
    shop(tmp_path / "w")
    asked = ["approve", str(tmp_path / "w"), "--client", "a", "--period", "2024-01", "--by", "Ane", "--as", "sent"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0 and done.stdout.strip().endswith("2024-01.001.json")
    assert CliRunner().invoke(main, [*asked[:-1], "seen"]).exit_code == 2
    evaluation = Workspace(tmp_path / "w").client("a").evaluate("2024-01")
    assert evaluation.standing.startswith("Sent by Ane, ") and DRAFT == "draft"
    assert standing_words.__doc__ and Language("en")


AIMS = """\
{indicator: sales.revenue, cadence: month, target: {kind: cumulative, value: 4000, over: 2024}}
      - {indicator: sales.orders, cadence: month, baseline: 2024-01, target: {kind: keep, change: +10 %}}"""


def sold(folder: Path, *late: Sale, covers: str = "2024-01-01..2024-03-31") -> Workspace:
    """A sale of 10.00 on each day of January to March 2024, the ``late`` ones, and a plan with a sum and a change."""
    rows = [*each_day("2024-01-01", "2024-03-31"), *late]
    return Shop(rows, covers=covers, plans={"default/1": plan(AIMS)}).at(folder / "w")


def test_other_sums_and_targets_make_it_a_draft_again_though_the_month_is_as_it_was(tmp_path: Path) -> None:
    """January was 310 in 31 orders: 310 + 290 = 600 by February, and 1.1 x 31 = 34.1. With one order of 90 more it is
    400 in 32: 690, and 35.2."""
    approved(sold(tmp_path), "2024-02")
    late = sold(tmp_path, Sale("2024-01-31", "90.00"))
    assert words(late, "2024-02") == "Draft. Sent by Ane Bo, 5 April 2024, with other figures."
    told = late.client("a").evaluate("2024-02").revisions
    assert "Revenue, up to February 2024: £690; the report of 5 April 2024 said £600." in told
    assert "Orders, target in February 2024: 35; the report of 5 April 2024 said 34." in told
    assert not [each for each in told if "Revenue, February" in each]


def test_the_next_report_tells_the_sum_and_the_target_that_were_sent(tmp_path: Path) -> None:
    """As above: 600 by February is 690 by now, and 34.1 orders are 35.2. In March it is 600 + 310 = 910, and 1,000."""
    file = approved(sold(tmp_path), "2024-02")
    (kept,) = [each for each in json.loads(file.read_text())["figures"] if each["key"] == "sales.revenue"]
    assert (kept["achieved"], kept["days"]) == (600.0, ["2024-01-01", "2024-02-29"])
    late = sold(tmp_path, Sale("2024-01-31", "90.00"))
    review = late.client("a").evaluate("2024-03")
    told = [
        "Revenue, up to February 2024: £690; the report of 5 April 2024 said £600.",
        "Orders, target in February 2024: 35; the report of 5 April 2024 said 34.",
    ]
    assert review.revisions == told and all(each in str(review.notes()) for each in told)
    kept_in_json = [
        (each["figure"], each["reported"], each["now"]) for each in document(review.evaluation)["revisions"]
    ]
    assert kept_in_json == [("achieved", 600.0, 690.0), ("target", pytest.approx(34.1), pytest.approx(35.2))]
    late.save_slice(tmp_path / "slice", ["a"], "2024-03", None)
    assert Workspace(tmp_path / "slice").evaluate("a", "2024-03").revisions == review.evaluation.revisions
    approved(late, "2024-02")
    assert Workspace(tmp_path / "w").client("a").evaluate("2024-03").revisions == []


def test_of_a_sum_up_to_the_middle_of_a_month_the_series_does_not_tell(tmp_path: Path) -> None:
    """20 February: 310 + 200; by its end 600, in days that the report did not speak of. The month itself is told."""
    approved(sold(tmp_path), "2024-02", as_of="2024-02-20", on="2024-02-21")
    found = Workspace(tmp_path / "w").client("a").evaluate("2024-03").revisions
    assert "Revenue, February 2024: £290; the report of 21 February 2024 said £200." in found
    assert not [each for each in found if "up to" in each]
