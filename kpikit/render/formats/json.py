"""JSON: the evaluation behind a report, or behind all of them; `kpikit/evaluation/SCHEMA.md` describes it."""

from __future__ import annotations

import json
from typing import Any

from kpikit.evaluation.document import SCHEMA, document
from kpikit.render.content import Content
from kpikit.render.formats.format import Format, Ran


def make(ran: Ran) -> bytes:
    """One client's evaluation; of the portfolio, those of all clients."""
    found = document(Content(ran.review).evaluation) if ran.client is not None else _all(ran)
    return (json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _all(ran: Ran) -> dict[str, Any]:
    evaluations = ran.workspace.evaluate_all(None, ran.parameters["period"], ran.parameters["as_of"])
    return {"schema": SCHEMA, "evaluations": [document(each) for each in evaluations.values()]}


FORMAT = Format(make, json.loads, of_all=True)
