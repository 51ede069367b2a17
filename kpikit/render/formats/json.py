"""JSON: the evaluation behind a report, or behind all of them; `kpikit/evaluation/SCHEMA.md` describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kpikit.evaluation.document import SCHEMA, document
from kpikit.render.content import Content
from kpikit.render.formats.format import Format, Ran
from kpikit.workspace.review.audience import PARTNER

if TYPE_CHECKING:
    from kpikit.workspace.review.review import Review


def make(ran: Ran) -> bytes:
    """One client's evaluation; of the portfolio, those of all clients."""
    found = _of_one(ran.review) if ran.client is not None else _all(ran)
    return (json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _of_one(review: Review) -> dict[str, Any]:
    """What the review's audience is told: partners no verdicts, neither on KPIs nor on the goals that they make up."""
    found = document(Content(review).evaluation)
    if review.audience != PARTNER:
        return found
    facts = [{**fact, "status": None, "status_reason": "not_shown"} for fact in found["facts"]]
    return {**found, "goals": [], "facts": facts}


def _all(ran: Ran) -> dict[str, Any]:
    evaluations = ran.workspace.evaluate_all(None, ran.parameters["period"], ran.parameters["as_of"])
    return {"schema": SCHEMA, "evaluations": [document(each) for each in evaluations.values()]}


FORMAT = Format(make, json.loads, of_all=True)
