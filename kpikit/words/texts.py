"""Translations: English text is the key, and gettext catalogues hold the other languages.

Texts in code are marked where they stand, with ``N_("...")`` in a declaration or ``say("...")`` where they are shown;
the catalogues ``locale/da.po`` and ``locale/nb.po`` are read as text, once for each process.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

from kpikit.words.errors import UsageError, one_of

LANGUAGES = ("en", "da", "nb")
"""The languages of reports and texts: English, Danish, Norwegian (bokmål)."""


def N_(text: str) -> str:
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return text


def checked_language(language: str) -> str:
    """The language itself, or a `UsageError` that lists the languages there are."""
    if language not in LANGUAGES:
        raise UsageError(one_of("language", language, LANGUAGES))
    return language


@cache
def catalogue(language: str) -> dict[str, tuple[str, ...]]:
    """English text -> its forms in ``language`` (one, or singular and plural). English itself is empty."""
    if checked_language(language) == "en":
        return {}
    with files("kpikit.words").joinpath("locale", f"{language}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    forms = {_first(message.id): _forms(message.string) for message in messages if message.id}
    return {text: translated for text, translated in forms.items() if all(translated)}


def translated(text: str, language: str) -> str | None:
    """The text in ``language``; None where the catalogue lacks it. The English text is itself."""
    if language == "en":
        return text
    forms = catalogue(language).get(text)
    return forms[0] if forms else None


def plural(singular: str, several: str, number: int, language: str) -> str:
    """The form of a text for ``number`` things; in en, da and nb one thing is singular, all else plural."""
    form = 0 if number == 1 else 1
    forms = catalogue(language).get(singular, (singular, several))
    return forms[min(form, len(forms) - 1)]


def _first(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def _forms(message: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (message or "",) if isinstance(message, str | None) else tuple(message)
