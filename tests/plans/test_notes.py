"""Notes: what a file gives, each refusal as a whole sentence; what is written reads back, and never replaces a file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.plans.notes import LONGEST, Note, read_notes, text_problem, tidy, write_note
from kpikit.words.errors import SettingError
from kpikit.words.periods import Calendar
from tests.workspaces import PURE_LAWS

CALENDAR = Calendar()
IDS = ("sales.revenue", "sales.orders")
FEBRUARY, DAY = CALENDAR.parse("2026-02"), date(2026, 3, 5)


def notes(folder: Path, **files: str) -> tuple[Note, ...]:
    for name, text in files.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return read_notes(folder, CALENDAR, IDS)


HEAD = "schema: 1\nperiod: 2026-02\non: 2026-03-05\n"


def test_no_folder_no_notes(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "a", CALENDAR, IDS) == ()


def test_a_note_by_hand(tmp_path: Path) -> None:
    text = HEAD + "by: Mette\nindicator: sales.orders\ntext: |\n  One: #1  \n\n    two\n  - three\n\n"
    assert notes(tmp_path, x=text) == (Note(FEBRUARY, DAY, "One: #1\n\n  two\n- three", "Mette", "sales.orders"),)


def test_a_note_with_the_least_keys_and_one_in_two_languages(tmp_path: Path) -> None:
    one, two = notes(tmp_path, a=HEAD + "text: Yes\n", b=HEAD + "text: {en: One, da: En}\n")
    assert (one, two) == (Note(FEBRUARY, DAY, "Yes"), Note(FEBRUARY, DAY, {"en": "One", "da": "En"}))


def test_notes_come_in_the_order_of_their_days_and_names(tmp_path: Path) -> None:
    files = {"b": "2026-03-05", "a": "2026-03-06", "c": "2026-03-05"}
    found = notes(tmp_path, **{k: f"schema: 1\nperiod: 2026-02\non: {day}\ntext: {k}\n" for k, day in files.items()})
    assert [note.text for note in found] == ["b", "c", "a"]


def test_hidden_files_are_no_notes(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / ".2026-02.001.yml.part").write_bytes(b"sche")
    assert notes(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("period: 2026-02\n", ", line 1, schema: is required. Write it as 'schema: 1'."),
        ("schema: 1\non: 2026-03-05\ntext: a\n", ", line 1, period: is required. Write it as 'period: 2026-01'."),
        ("schema: 1\nperiod: 2026-02\ntext: a\n", ", line 1, on: is required. Write it as 'on: 2026-01-31'."),
        (HEAD, ", line 1, text: is required."),
        (HEAD + "text: ' '\n", ", line 4, text: is empty."),
        (HEAD + 'text: "a\\u0007"\n', ", line 4: a text holds the sign U+0007, which cannot be shown."),
        (HEAD + f"text: {'a' * 10_001}\n", ", line 4, text: has 10,001 signs, must have at most 10,000."),
        (HEAD + 'text: a\nby: "a\\nb"\n', ", line 5, by: holds the sign U+000A, which cannot be shown."),
        (
            "schema: 1\nperiod: 2026-2\non: 2026-03-05\ntext: a\n",
            ", line 2, period: period == '2026-2', must be a day (2011-11-23), ISO week (2011-W47), month (2011-11), "
            "quarter (2011-Q3), year (2011) or fiscal year (FY2011) that exists, from 1800 to 2999.",
        ),
        (
            HEAD + "text: a\nindicator: sales.order\n",
            ", line 5, indicator: indicator == 'sales.order', must be one of sales.revenue, sales.orders. "
            "Did you mean 'sales.orders'?",
        ),
        (
            HEAD + "text: a\nclient: b\n",
            ", line 5, client: unknown key. key == 'client', must be one of schema, indicator, period, on, text, by.",
        ),
    ],
)
def test_a_bad_note_is_refused(tmp_path: Path, text: str, refusal: str) -> None:
    with pytest.raises(SettingError) as caught:
        notes(tmp_path, note=text)
    assert str(caught.value) == f"{tmp_path / 'note.yml'}{refusal}"


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("A note.", encoding="utf-8")
    with pytest.raises(SettingError) as caught:
        notes(tmp_path)
    assert str(caught.value) == f"{tmp_path / 'note.md'}: is no note: its name must end with '.yml'."


def test_what_is_written_looks_as_if_by_hand(tmp_path: Path) -> None:
    note = Note(FEBRUARY, DAY, "It's: a #test\n\n- <b>one</b>\n\ttwo 👩‍💻", "Mette Ø. Sø", "sales.orders")
    file = write_note(tmp_path / "a", note)
    assert file == tmp_path / "a" / "2026-02.001.yml"
    assert file.read_text(encoding="utf-8") == (
        "schema: 1\nperiod: 2026-02\non: 2026-03-05\nby: Mette Ø. Sø\nindicator: sales.orders\n"
        "text: |\n  It's: a #test\n\n  - <b>one</b>\n  \ttwo 👩‍💻\n"
    )
    assert read_notes(tmp_path / "a", CALENDAR, IDS) == (note,)


def test_no_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "2026-02.001.yml").write_text("mine", encoding="utf-8")
    (tmp_path / ".2026-02.002.yml.part").write_text("of one that is being written", encoding="utf-8")
    assert write_note(tmp_path, Note(FEBRUARY, DAY, "a")).name == "2026-02.003.yml"
    assert (tmp_path / "2026-02.001.yml").read_text(encoding="utf-8") == "mine"
    names = sorted(file.name for file in tmp_path.iterdir())
    assert names == [".2026-02.002.yml.part", "2026-02.001.yml", "2026-02.003.yml"]


def test_many_at_the_same_moment_get_a_file_each(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        files = list(pool.map(lambda at: write_note(tmp_path, Note(FEBRUARY, DAY, f"note {at}")), range(100)))
    assert len(set(files)) == 100
    found = {note.text for note in read_notes(tmp_path, CALENDAR, IDS)}
    assert found == {f"note {at}" for at in range(100)}


def test_a_note_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_note(tmp_path, Note(FEBRUARY, DAY, "a"))
    assert list(tmp_path.iterdir()) == []


signs = st.characters() | st.sampled_from("\n\r\t\u2028\u2029\x85\ufeff :#-'\"|>&*!%@`{}[]<\\é👩‍💻")
texts = st.text(signs, min_size=1, max_size=60).filter(lambda text: text_problem(text) is None)
names = st.text(signs, min_size=1, max_size=20).filter(lambda text: text_problem(text, lines=False) is None)


@PURE_LAWS
@given(
    text=texts.map(tidy) | st.dictionaries(st.sampled_from(["en", "da", "nb"]), texts.map(tidy), min_size=1),
    by=st.none() | names,
    indicator=st.sampled_from([None, *IDS]),
    period=st.sampled_from(["2026-02", "2026-W07", "2026-Q1", "2026", "FY2026", "2026-02-03"]),
)
def test_what_is_written_reads_back(
    tmp_path_factory: pytest.TempPathFactory,
    text: str | dict[str, str],
    by: str | None,
    indicator: str | None,
    period: str,
) -> None:
    folder = tmp_path_factory.mktemp("law")
    note = Note(CALENDAR.parse(period), DAY, text, by, indicator)
    write_note(folder, note)
    assert read_notes(folder, CALENDAR, IDS) == (note,)


@pytest.mark.parametrize(
    ("text", "lines", "problem"),
    [
        ("a", True, None),
        ("a\r\nb\tc\u2028d 👩‍💻", True, None),
        ("\n \t", True, "is empty."),
        ("", False, "is empty."),
        ("a\tb", False, "holds the sign U+0009, which cannot be shown."),
        ("a\x00", True, "holds the sign U+0000, which cannot be shown."),
        ("a\udc80", True, "holds the sign U+DC80, which cannot be shown."),
        ("a" * LONGEST, True, None),
        ("a" * (LONGEST + 1), True, "has 10,001 signs, must have at most 10,000."),
    ],
)
def test_what_a_text_may_hold(text: str, lines: bool, problem: str | None) -> None:
    assert text_problem(text, lines) == problem


def test_texts_are_tidied() -> None:
    assert tidy("\n\n  a  \r\n\r\n b\rc\u2028d\n") == "a\n\n b\nc\nd"
