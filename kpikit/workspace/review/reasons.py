"""What a section of a KPI says beside its history: what its change is made of, and how it compares with others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kpikit.charts.markup import Html, heading, joined, paragraphs
from kpikit.charts.strip import marks, strip_picture
from kpikit.charts.waterfall import waterfall_picture
from kpikit.evaluation.benchmarks.words import comparison_sentences
from kpikit.evaluation.drivers.words import lead_sentence, sentence
from kpikit.evaluation.facts import Fact
from kpikit.words.language import Language
from kpikit.workspace.review.labels import Labels

MOST_PICTURES = 2
"""So many waterfalls stand in a section: of what the KPI is made of, and of its first dimension."""


def why(fact: Fact, labels: Labels, names: Mapping[str, str], say: Language) -> Html | None:
    """The changes of a KPI taken apart, and which of its PIs moved first; None where there is nothing to say.

    ``names`` gives each fact's label by its key. All changes are told in sentences, and the first one is drawn.
    """
    pieces = [*_apart(fact, labels, say)]
    leads = lead_sentence(fact.leads, fact, names, say)
    title = say("What the change is made of") if pieces else say("Signals of its PIs")
    pieces += [paragraphs([leads])] if leads else []
    return joined([heading(title, 4), *pieces]) if pieces else None


def _apart(fact: Fact, labels: Labels, say: Language) -> Iterator[Html]:
    """Each decomposition as a sentence, the first ones with their picture beneath."""
    drawn = [one for one in fact.drivers if len(one.largest) > 1]
    drawn = [one for one in drawn if one.against == drawn[0].against][:MOST_PICTURES]
    for one in fact.drivers:
        named = labels.dimension(one.dimension) if one.dimension else ""
        told = sentence(fact, one, labels.drivers(fact), named, say)
        if told:
            yield paragraphs([told])
        if one in drawn:
            picture = waterfall_picture(fact, one, say, labels(fact), labels.drivers(fact))
            yield Html(f'<figure class="kpikit bars">{picture.svg}</figure>', str(picture))


def compared(fact: Fact, label: str, say: Language) -> Html | None:
    """A fact beside the others of its segment and the values that were entered; None where there are neither."""
    told = comparison_sentences(fact, say)
    if not told:
        return None
    title = say("Compared with others")
    pieces = [heading(title, 4), paragraphs(told)]
    if marks(fact, say, label):
        picture = strip_picture(fact, say, label)
        pieces.append(Html(f'<figure class="kpikit bars">{picture.svg}</figure>', str(picture)))
    return joined(pieces)
