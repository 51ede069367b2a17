"""A check as plain values, ready for JSON: the format of ``kpikit check --json``; ``CHECK.md`` describes it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kpikit.evaluation.goals.smart import Finding, finding_words
from kpikit.sources.totals import Difference
from kpikit.words.errors import KpikitError, SettingError, SourceError
from kpikit.words.language import Language
from kpikit.workspace.check.across import Across, across
from kpikit.workspace.check.examined import CheckedClient, CheckedPlan, CheckedSource, Examined
from kpikit.workspace.check.explain import Setting
from kpikit.workspace.paths import file_name, relative
from kpikit.workspace.review.labels import Labels

SCHEMA = 1


def document(found: Examined, settings: Sequence[Setting], say: Language) -> dict[str, Any]:
    """The whole check; texts are in the language of ``say``, errors in English."""
    return {
        "schema": SCHEMA,
        "ok": not found.errors,
        "as_of": None if found.as_of is None else found.as_of.isoformat(),
        "errors": [_error(each, found.folder) for each in found.errors],
        "sources": [_source(each, found.folder) for each in found.sources],
        "clients": [_client(each, found, say) for each in found.clients],
        "indicators": list(found.computed),
        "lacking": {id: list(names) for id, names in found.lacking.items()},
        "unused_metrics": list(found.unused),
        "across_sources": [_across(each) for each in across(found)],
        "settings": [
            {"setting": each.name, "client": each.client, "value": each.value, "from": each.origin} for each in settings
        ],
    }


def _error(error: KpikitError, folder: Path) -> dict[str, object]:
    place = error.line if isinstance(error, SettingError) else error.row if isinstance(error, SourceError) else None
    file = error.file if isinstance(error, SettingError | SourceError) else None
    return {
        "message": relative(str(error), folder),
        "file": None if file is None else relative(file, folder),
        "line": place,
    }


def _source(each: CheckedSource, folder: Path) -> dict[str, object]:
    clients = each.profile.clients.values()
    return {
        "source": each.source.name,
        "file": file_name(each.source, folder),
        "kind": each.source.kind,
        "every": each.source.every,
        "rows": each.profile.rows,
        "covers": {"first": str(each.source.covers.start), "last": str(each.source.covers.last_day)},
        "first_day": str(min(own.first for own in clients)) if clients else None,
        "last_day": str(max(own.last for own in clients)) if clients else None,
        "days_old": each.days_old,
        "silent_weekdays": list(each.silent),
        "gaps": [{"first": str(gap.start), "last": str(gap.last_day)} for gap in each.gaps],
        "repeated_rows": each.profile.repeated,
        "rows_of_closed_days": each.profile.closed,
        "totals_that_differ": [_off(off, folder) for off in each.profile.totals],
        "without_value": dict(each.profile.empty),
        "unregistered": dict(each.unregistered),
        "rows_by_client": dict(each.rows),
        "missing_by_client": dict(each.missing),
        "without_file": list(each.lacking),
        "ended": {key: day.isoformat() for key, day in each.ended.items()},
        "rows_left_out": each.left_out,
    }


def _across(each: Across) -> dict[str, object]:
    days = {"first": str(each.days.start), "last": str(each.days.last_day)} if each.days else None
    return {
        "indicators": list(each.indicators),
        "sources": list(each.sources),
        "days": days,
        "uneven": each.uneven,
        "clients": list(each.clients),
    }


def _off(off: Difference, folder: Path) -> dict[str, object]:
    said, found = (f"{value.normalize():f}" for value in (off.said, off.found))
    return {"file": relative(str(off.file), folder), "row": off.row, "column": off.column, "said": said, "found": found}


def _client(each: CheckedClient, found: Examined, say: Language) -> dict[str, object]:
    assert found.workspace
    labels = found.workspace.settings.labels(say)
    return {
        "client": each.key,
        "period": each.evaluation.period.key if each.evaluation else None,
        "plan_versions": len(each.versions),
        "plan_version": each.in_force.plan.version if each.in_force else None,
        "review_due": each.in_force.plan.review_due.isoformat() if each.in_force else None,
        "findings": _findings(each.in_force, labels, say),
        "later_version": each.later.plan.version if each.later else None,
        "later_findings": _findings(each.later, labels, say),
    }


def _findings(checked: CheckedPlan | None, labels: Labels, say: Language) -> list[dict[str, object]]:
    return [_finding(each, labels, say) for each in checked.findings] if checked else []


def _finding(finding: Finding, labels: Labels, say: Language) -> dict[str, object]:
    words, way_out = finding_words(finding, labels(finding.fact) if finding.fact else "", say)
    return {
        "goal": finding.goal,
        "letter": finding.letter,
        "code": finding.code,
        "kpi": finding.fact.key if finding.fact else None,
        "finding": words,
        "way_out": way_out,
    }
