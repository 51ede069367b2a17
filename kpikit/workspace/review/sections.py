"""The section of a review that is about one indicator: in full or brief; what it says; and a line for who decides."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from kpikit.charts.bars import bars_picture
from kpikit.charts.events import event_list
from kpikit.charts.figures import figures
from kpikit.charts.markup import Html, beside, heading, joined, paragraphs, small, table
from kpikit.charts.reading import capital
from kpikit.charts.spacing import spacing_picture
from kpikit.charts.trend import trend_picture
from kpikit.evaluation.facts import Fact
from kpikit.evaluation.forecast.outlook_words import basis, outlook_sentences, probability_words
from kpikit.evaluation.per_day import per_day_sentences
from kpikit.evaluation.sentences import headline, interval_sentence, signal_sentence, until_sentence
from kpikit.evaluation.signals.words import judged_words, shift_words
from kpikit.words.language import Language
from kpikit.workspace.data.without_value import lacking_of, sentences
from kpikit.workspace.review import comments

if TYPE_CHECKING:
    from kpikit.workspace.review.review import Review


def section(review: Review, fact: Fact, *beneath: Html) -> Html:
    """A section in full: the message, the history beside the box of figures, and more beneath."""
    say, label, under = review.say, review.labels(fact), _under(fact, review.say)
    under += [_split(review, fact, label)] if len(fact.parts) > 1 else []
    body = beside(trend_picture(fact, say, label), figures(fact, say), joined(under))
    return _joined([_heading(review, fact), *_said(review, fact), body, *beneath, *_notes(review, fact)])


def brief(review: Review, fact: Fact) -> Html:
    """A section without the box of figures: the message, the history, and what it can be compared with."""
    picture = trend_picture(fact, review.say, review.labels(fact))
    drawn = [Html(f'<figure class="kpikit">{picture.svg}</figure>', str(picture)), *_under(fact, review.say)]
    pieces = [_heading(review, fact), *_said(review, fact), *drawn, review.compared(fact.key)]
    return _joined([*pieces, *_notes(review, fact)])


def _under(fact: Fact, say: Language) -> list[Html]:
    """Beneath a history: events, what lies between rare cases where they are judged by it, the forecast's basis."""
    picture, told = spacing_picture(fact, say), basis(fact, say)
    spacing = [Html(f'<figure class="kpikit">{picture.svg}</figure>', str(picture))] if picture else []
    return [event_list(fact, say), *spacing, *([_caption(told)] if told else [])]


def agenda(review: Review, facts: Sequence[Fact]) -> Html:
    """A line for each KPI, for those who decide: its goal's owner, how likely its target is, and what is proposed."""
    say = review.say
    heads = [say("KPI"), say("Owner"), say("Probability of the target"), say("Proposed")]
    return table(heads, [_to_decide(review, fact) for fact in facts])


def _to_decide(review: Review, fact: Fact) -> list[str]:
    say, found, goals = review.say, review.redesign, review.plan.goals if review.plan else ()
    owner = next((say.own(each.owner) for each in goals if each.key == fact.goal and each.owner), "")
    probability = fact.outlook.probability if fact.outlook else None
    chance = "" if probability is None else capital(probability_words(probability, say))
    proposed = [found.words(each)[0] for each in found.open() if each.fact is fact]
    return [each or "–" for each in (review.labels(fact), owner, chance, "; ".join(proposed))]


def texts(review: Review, fact: Fact) -> list[str]:
    """What is said beneath the title of an indicator: goal, how sure it is, signal, outlook, what to try."""
    say, label = review.say, review.labels(fact)
    sure, words = interval_sentence(fact, say), signal_sentence(fact, label, say)
    ahead = " ".join(outlook_sentences(fact, label, say))
    shift = shift_words(fact, say) if fact.role == "kpi" else ""
    judged = " ".join(judged_words(fact, say))
    daily = " ".join(per_day_sentences(fact, say))
    lacking = " ".join(sentences(lacking_of(review.evaluation, fact), say))
    said = (_goal(review, fact), until_sentence(fact, say), sure, words, lacking, daily, judged, shift, ahead,
            _advice(review, fact))  # fmt: skip
    return [text for text in said if text]


def _joined(pieces: list[Html]) -> Html:
    return joined([piece for piece in pieces if piece.html], "section")


def _heading(review: Review, fact: Fact) -> Html:
    words = headline(fact, review.labels(fact), review.say)
    return heading(words)


def _said(review: Review, fact: Fact) -> list[Html]:
    """What is said of a KPI beneath its heading, if anything is."""
    said = texts(review, fact)
    return [paragraphs(said)] if said else []


def _notes(review: Review, fact: Fact) -> list[Html]:
    """The notes whose place is in this section."""
    own = [note for note in review.comments if comments.home(note, review.kpis) is fact]
    return [comments.shown(own, review.say, review.evaluation.period)] if own else []


def _goal(review: Review, fact: Fact) -> str:
    """The goal that a KPI follows, and who answers for it; empty for other facts."""
    say = review.say
    if review.plan is None or fact.role != "kpi":
        return ""
    goal = next(each for each in review.plan.goals if each.key == fact.goal)
    statement = say.own(goal.statement)
    said = say("Goal: {goal}", goal=statement if statement.endswith((".", "!", "?")) else f"{statement}.")
    return f"{said} {say('Owner: {owner}.', owner=say.own(goal.owner))}" if goal.owner else said


def _advice(review: Review, fact: Fact) -> str:
    """What the catalogue suggests for a KPI that falls short; empty for other facts."""
    one = review.indicators[fact.indicator]
    text = {1: one.low, -1: one.high}.get(fact.better.sign, "")
    short = fact.status in ("missed", "at_risk")
    return review.say("What to try: {advice}", advice=review.say(text)) if short and text else ""


def _split(review: Review, fact: Fact, label: str) -> Html:
    dimension = review.settings.model.dimensions[fact.parts[0].dimension]
    title = review.say("By {dimension}", dimension=review.say.own(dimension.label).lower())
    picture = bars_picture(fact, review.say, label, review.labels.member)
    html = f'<h4>{escape(title)}</h4><figure class="kpikit bars">{picture.svg}</figure>'
    return Html(html, f"{title}\n{picture}")


def _caption(text: str) -> Html:
    """Small print beneath a picture."""
    return Html(f'<div class="kpikit words">{small(text)}</div>', text)
