"""What every page says of itself: whom and when it is about, how it was judged, where its figures come from."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kpikit.charts.guide import how_to_read
from kpikit.charts.markup import Html, joined, paragraphs
from kpikit.charts.reading import capital
from kpikit.evaluation.facts import Evaluation, Fact
from kpikit.evaluation.lacking import LeftOut
from kpikit.evaluation.signals.profiles import Profile
from kpikit.evaluation.signals.words import conventions_words
from kpikit.words.language import Language
from kpikit.workspace.data.left_out import sentences
from kpikit.workspace.data.provenance import Origin, Provenance


def title(
    name: str, evaluation: Evaluation, say: Language, left_out: Iterable[LeftOut], remarks: Iterable[str] = ()
) -> Html:
    """Whom it is about, the period, the day it is seen from, the rows that its figures lack, and more remarks."""
    period, day = capital(say.period(evaluation.period)), say.day(evaluation.as_of)
    seen = say("{period}, as of {day}", period=period, day=day)
    lacking = [*sentences(left_out, say), *remarks]
    html = f'<p class="client">{escape(name)}</p><p>{escape(seen)}</p>'
    html += "".join(f'<p class="left-out">{escape(each)}</p>' for each in lacking)
    return Html(f'<div class="kpikit title">{html}</div>', "\n".join([name, seen, *lacking]))


def conventions(
    say: Language, facts: Iterable[Fact], profiles: Iterable[Profile], smallest_group: int | None = None
) -> Html:
    """How the figures were judged: the process limits and their rules, what is summed and counted, rounding.

    ``facts`` are those that the page is about, ``profiles`` those that they were judged by. ``smallest_group`` is given
    where persons are counted, of whom fewer are not told.
    """
    sentences = [
        *(each for profile in profiles for each in _judged(profile, say)),
        *conventions_words(facts, say),
        say(
            "Plan to date: for a target by a day, a straight line from the baseline to it; for a sum over a longer "
            "time, the share of it that the baseline period had reached at the same point."
        ),
        say(
            "A change is taken apart by arithmetic, averaged over all orders (Shapley; funnels step by step), so that "
            "its parts add up to it. Members of a rate have an effect of their own figure, and one of their weight in "
            "the whole. This says which figures the change is made of, and not what caused it."
        ),
        say("A rate over a longer time is the ratio of the sums. Unique customers are counted anew for each period."),
        say("Numbers are rounded when they are written, half up; everything is calculated with all digits."),
    ]
    if smallest_group is not None:
        sentences.append(
            say(
                "Groups of fewer than {number} persons are not shown, nor any figure from which they could be worked "
                "out: then another group, or a longer period, is left out as well.",
                number=say.count(smallest_group),
            )
        )
    return joined([how_to_read(say), paragraphs(sentences)])


def _judged(profile: Profile, say: Language) -> tuple[str, str]:
    """How a profile draws its limits, and what it takes for a signal."""
    usual = say(
        "Usual range: the natural process limits, of single values {stated} (profile {profile}, {school}). They need "
        "at least six complete periods; under twelve they are trial limits.",
        stated=say(profile.stated),
        profile=profile.name,
        school=profile.school,
    )
    return usual, f"{say(profile.ruled)} {say(profile.centred)}"


def origins(provenance: Provenance, unlisted: int, evaluation: Evaluation, say: Language, brief: bool = False) -> Html:
    """The sources with their hashes, coverage and attribution; and what the evaluation was made with.

    ``unlisted``: how many sources are left out, since they have nothing of whom it is about. In ``brief``, each
    attribution once, which licences ask for, and no files.
    """
    plan = say.count(evaluation.plan_version) if evaluation.plan_version else say("none in force")
    seen = say("Seen as of {day}. Plan version: {plan}.", day=say.day(evaluation.as_of), plan=plan)
    if brief:
        named = [origin.attribution for origin in provenance.origins if origin.attribution and origin.files]
        return paragraphs([*dict.fromkeys(named), seen])
    beside = say.plural(
        "{number} more source has nothing of this client, and is not listed.",
        "{number} more sources have nothing of this client, and are not listed.",
        unlisted,
    )
    closing = paragraphs([*([beside] if unlisted else []), seen])
    return joined([*(_origin(origin, say) for origin in provenance.origins), closing])


def _origin(origin: Origin, say: Language) -> Html:
    rows = [
        *(row for file in origin.files for row in ((say("File"), file.file), (say("SHA-256"), file.sha256))),
        *([] if origin.files else [(say("File"), say("none; its figures are missing"))]),
        (say("Covers"), say.days(origin.window)),
        *([(say("Left out"), _left_out(origin, say))] if origin.left_out else []),
        *([(say("Attribution"), origin.attribution)] if origin.attribution else []),
    ]
    lines = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in rows)
    html = f'<section class="kpikit card origin"><h3>{escape(origin.source)}</h3><dl>{lines}</dl></section>'
    return Html(html, "\n".join([origin.source, *(f"  {head}: {text}" for head, text in rows)]))


def _left_out(origin: Origin, say: Language) -> str:
    rows = sum(each.rows for each in origin.left_out)
    return say.plural("{number} row that can't be read", "{number} rows that can't be read", rows)
