"""Which indicators the words of a goal speak of: their names count most, what a plan says of them less, texts least.

No model of a language stands behind it: common words are left out, endings are cut, and the beginnings and parts of
long words fit each other, as compounds need it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from kpikit.indicators.catalogue import Indicators, names_of
from kpikit.indicators.framework import Indicator
from kpikit.words.language import language
from kpikit.words.texts import LANGUAGES

COMMON = """
a about all an and are as at be become becomes better by can coming company department during each end every few fewer
first fiscal for from get gets give grow have high higher in increase increases improve improved is it its keep leader
least less low lower make many month more most much next no number of on one or our out over people per pr quarter raise
reach reduce should than that the their them they this through to under until up us we want week when who will with year

af afdeling alle andre antal at bliv blive bliver bedre da de dem den der deres det dette efter eller en end er et flere
folk for forbedre fra første få får færre førende gerne gør gøre god gå gøres har have hos hver højere høj højst høje
hæve i ikke ind inden kan komme kommer kort kortere kunne lav lavere leder man med mennesker mere mest mindre mindst
mindske mod mange meget måned ned nedbringe næste når nå og også om op os på personer reducere samme sig skal som større
sænke til ud uden uge ved vi vil vind vokse vor vore vores være år øg øge øget

antall av avdeling bedre bli blir bruke både enn etter flere hever høy høyere høyst kvartal ledende mens mer minst mot
neste noe opp oss oppnå redusere seg senke skulle slik så ta ut uke vår våre vårt øke økes øker økt
"""
"""Small words, directions and times, which goals and names of all kinds have."""

MEANT = {
    r"faster|quicker|sooner|hurtigere|raskere|fortere": "time speed",
    r"cheaper|billigere|rimeligere": "cost pris",
    r"pay(?:s|ing)? (?:off|for (?:itself|themselves))": "return ROI",
    r"(?:betaler?|svarer?|lønner?) (?:sig|seg)|tjener? (?:sig|seg) (?:hjem|ind|inn)": "return ROI",
    r"los(?:e|es|ing)|taber?|taper?|mister?": "churn",
    r"stay(?:s|ing)? with|bliver? (?:hos|ved)|blir? hos": "retention",
    r"com(?:e|es|ing) back|kommer? (?:igen|igjen|tilbage|tilbake)": "returning",
}
"""What goals say in other words than names do -> what names call it; it counts only beside other words that fit."""

ENDINGS = ("erne", "ene", "ede", "ing", "et", "en", "er", "ed", "e")
PLAN, TEXT, FAVOUR = 0.8, 0.2, 1.2
"""What a word counts that fits what the plan says, and the other texts, beside 1 in a name; and the plan's KPIs."""
LEAST = 0.25
"""What an indicator must come to, to be spoken of: more than one word somewhere in its texts."""

Words = tuple[str, ...]
Names = Sequence[Words]


def suggested(words: str, indicators: Indicators, plan: Mapping[str, str] | None = None) -> list[Indicator]:
    """Those of the indicators that the words speak of, best first; ``plan`` has what a plan says of its KPIs, by id.

    >>> from kpikit.indicators.catalogue import CATALOGUE
    >>> suggested("Øge åbningsraten i vores nyhedsbreve", CATALOGUE)[0].id
    'email.open_rate'
    """
    plan, names = plan or {}, {id: _named(one) for id, one in indicators.items()}
    plain, meant = _taken_apart(words)
    worth, more = ({word: _worth(word, names.values()) for word in stems(text)} for text in (plain, meant))
    scored = []
    for id, one in indicators.items():
        said = stems(plan.get(id, ""))
        fits = any(_best(word, name) for word in worth for name in (*names[id], said))  # "faster horses" are no KPI
        score = _score(worth | more if fits else worth, names[id], said, stems(" ".join(_texts(one))))
        scored.append((score * (FAVOUR if id in plan else 1.0), one))
    return [one for score, one in sorted(scored, key=lambda each: -each[0]) if score >= LEAST]


def _taken_apart(words: str) -> tuple[str, str]:
    """A goal without what it says in other words than names do, and what that means."""
    meant = []
    for idiom, word in _IDIOMS.items():
        words, found = idiom.subn(" ", words)
        meant += [word] if found else []
    return words, " ".join(meant)


def _worth(word: str, named: Collection[Names]) -> float:
    """From 1 down: a word counts the more, the fewer indicators have it in a name."""
    having = sum(any(_best(word, name) for name in names) for names in named)
    return 1 / (1 + math.log(max(having, 1)) / 2)


def _score(worth: Mapping[str, float], names: Names, said: Words, texts: Words) -> float:
    """What fits the words anywhere, and once more the best of the names, as far as it is told in full."""
    score = 0.0
    for word, size in worth.items():
        named = max(_best(word, name) for name in names)
        score += size * max(named, PLAN * _best(word, said), TEXT * _best(word, texts))
    return score + max(_in_full(worth, name) for name in names)


def _in_full(worth: Mapping[str, float], name: Words) -> float:
    """What fits a name, times the share of the name's own words that this is."""
    there = sum(max((fit(word, other) for word in worth), default=0.0) for other in name)
    return sum(size * _best(word, name) for word, size in worth.items()) * there / max(len(name), 1)


def _best(word: str, others: Words) -> float:
    return max((fit(word, other) for other in others), default=0.0)


@lru_cache(200_000)
def fit(word: str, other: str) -> float:
    """How well a goal's word fits another, both without their endings: 1 for the same one, 0 for one of its own.

    A compound of the goal's, as "kundeloyalitet", says little of what its beginning alone is, "kunder".
    """
    short, long = sorted((word, other), key=len)
    if short == long:
        return 1.0
    if len(short) >= 4 and long.startswith(short):
        return 0.8 if long == other or len(long) - len(short) <= 3 else 0.3
    if len(short) >= 8 and long.startswith(short[:8]):
        return 0.8
    return 0.6 if len(short) >= 5 and short in long else 0.0


@lru_cache(10_000)
def stems(text: str) -> Words:
    """The words of a text, each once, without their endings, and without common ones, numbers and single letters."""
    found = (word for word in re.findall(r"[^\W\d_]{2,}", text.casefold()) if word not in _COMMON)
    return tuple(dict.fromkeys(_cut(word) for word in found))


def _cut(word: str) -> str:
    """The word without a genitive or plural s, and without up to two endings: "effektiviteten" is "effektivit"."""
    word = word[:-1] if word.endswith("s") and len(word) > 4 else word
    for least in (3, 5):
        ends = (each for each in ENDINGS if word.endswith(each) and len(word) >= len(each) + least)
        word = word.removesuffix(next(ends, ""))
    return word


def _named(one: Indicator) -> Names:
    return [stems(name) for name in (*names_of(one), one.id.replace("_", " "))]


def _texts(one: Indicator) -> Iterator[str]:
    for code in LANGUAGES:
        yield from (language(code)(text) for text in (one.description, *one.roles.values()) if text)


_COMMON = frozenset(COMMON.split())
_IDIOMS = {re.compile(rf"\b(?:{idiom})\b", re.IGNORECASE): words for idiom, words in MEANT.items()}
