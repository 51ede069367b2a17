"""What every page says of itself: whom and when it is about, how it was judged, where its figures come from."""

from __future__ import annotations

from html import escape

from kpikit.charts.markup import Html, paragraphs, table
from kpikit.evaluation import process
from kpikit.evaluation.facts import Evaluation
from kpikit.words.language import Language
from kpikit.workspace.provenance import Origin, Provenance


def title(name: str, evaluation: Evaluation, say: Language) -> Html:
    """Whom it is about, the period, and the day it is seen from."""
    period, seen = say.period(evaluation.period), say("as of {day}", day=say.day(evaluation.as_of))
    html = f'<p class="client">{escape(name)}</p><p>{escape(period)}, {escape(seen)}</p>'
    return Html(f'<div class="kpikit title">{html}</div>', f"{name}\n{period}, {seen}")


def conventions(say: Language) -> Html:
    """How the figures were judged: the process limits and their rules, what is summed and counted, rounding."""
    sentences = [
        say(
            "Usual range: the natural process limits of an XmR chart, the average plus and minus 2.66 times the mean "
            "moving range, after leaving out unusually large ranges once (profile {profile}, NHS England, Making Data "
            "Count). They need at least six complete periods; under twelve they are trial limits.",
            profile=process.PROFILE,
        ),
        say(
            "A signal is a point outside the limits, seven points moving the same way, two of three points close to a "
            "limit on one side, or seven points on the same side of the average. A point on the average belongs to "
            "neither side, and missing periods end a row of points."
        ),
        say("A rate over a longer time is the ratio of the sums. Unique customers are counted anew for each period."),
        say("Numbers are rounded when they are written, half up; everything is calculated with all digits."),
    ]
    return paragraphs(sentences)


def origins(provenance: Provenance, evaluation: Evaluation, say: Language) -> Html:
    """The sources with their hashes, coverage and attribution; and what the evaluation was made with."""
    heads = [say("Source"), say("File"), say("Covers"), say("SHA-256"), say("Attribution")]
    sources = table(heads, [_row(origin) for origin in provenance.origins])
    plan = say.count(evaluation.plan_version) if evaluation.plan_version else say("none in force")
    words = say("Seen as of {day}. Plan version: {plan}.", day=say.day(evaluation.as_of), plan=plan)
    return Html(f"{sources.html}<p>{escape(words)}</p>", f"{sources.text}\n{words}")


def _row(origin: Origin) -> list[str]:
    return [origin.source, origin.file, origin.covers, origin.sha256, origin.attribution or ""]
