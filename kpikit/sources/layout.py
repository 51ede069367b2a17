"""How a source's file is laid out, as ``workspace.yml`` says: its dialect and its columns."""

from __future__ import annotations

import re

from kpikit.sources.columns import MINUS, MINUSES, READINGS
from kpikit.sources.date_formats import format_problem
from kpikit.sources.declarations import CURRENCY, PLACE, TIME, Column, Dialect
from kpikit.sources.strict import Section
from kpikit.words.message import Message, Messages

PERSONAL = ("drop", "hash")
"""What can become of a column that tells persons apart."""

_TOLD = {
    PLACE: Message("is what the path says of the client; leave it out here."),
    TIME: Message("is what 'covers' says of the time; leave it out here."),
}
SYMBOL = re.compile(rf"(?!\s)(?=.*[^\s\d.,'])[^-{MINUS}{MINUSES}()\d\r\n]{{1,20}}(?<!\s)")
"""What can be declared to stand beside each number of a column."""


def read_dialect(section: Section) -> Dialect:
    """How the CSV file is written, as ``dialect`` says."""
    usual = Dialect()
    dialect = Dialect(
        delimiter=_sign(section, "delimiter", usual.delimiter),
        quote=_sign(section, "quote", usual.quote),
        decimal=section.choice("decimal", (".", ","), usual.decimal),
        thousands=_sign(section, "thousands", "") or None,
        encoding=section.choice("encoding", ("utf-8", "utf-16", "iso-8859-1", "windows-1252"), usual.encoding),
        marks_declared="decimal" in section or "thousands" in section,
        skip=section.integer("skip", 0, 1000, 0),
        comment=section.optional("comment"),
        totals=_totals(section),
        missing=section.texts("missing", ()),
    )
    if dialect.thousands == dialect.decimal:
        way_out = "" if section.knows("decimal") else Message("Declare another one as `decimal:`.")
        told = Message("{thousands} is the decimal mark already.", thousands=repr(dialect.thousands))
        raise section.refuse("thousands", Messages([told, way_out]))
    if dialect.quote == dialect.delimiter:
        raise section.refuse("quote", "{quote} is the delimiter already.", quote=repr(dialect.quote))
    if dialect.quote in (dialect.decimal, dialect.thousands):
        raise section.refuse("quote", "{quote} is a mark of numbers already.", quote=repr(dialect.quote))
    if dialect.comment is not None and dialect.comment.startswith((dialect.quote, dialect.delimiter, " ", "\t")):
        raise section.refuse(
            "comment",
            "{comment} begins with a blank, the delimiter or the quote.",
            comment=repr(dialect.comment),
        )
    section.finish()
    return dialect


def _totals(dialect: Section) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if dialect.knows("totals") and not dialect.is_section("totals"):
        text = "I alt" if dialect.is_list("totals") else dialect.text("totals")
        reason = Message(
            "must say in which column of the file a totals row is told by what, as {example}.",
            example=f"'totals: {{Dato: [{text}]}}'",
        )
        raise dialect.refuse("totals", reason)
    section = dialect.section("totals")
    found = tuple((name, section.texts(name)) for name in section)
    for name, texts in found:
        if not texts:
            raise section.refuse(name, "is an empty list; name what stands there in a totals row, as [Total].")
    return found


def _sign(section: Section, key: str, default: str) -> str:
    sign = section.text(key, default).replace("\\t", "\t")
    if len(sign) > 1 or sign.isalnum() or sign in ("\r", "\n", "\0", "-", *MINUSES):
        raise section.refuse(
            key, "{sign} must be one sign, not a letter, a digit, a minus or a line's end.", sign=repr(sign)
        )
    return sign


def read_columns(section: Section) -> tuple[Column, ...]:
    """The columns that are read, in their order."""
    return tuple(_column(section, name) for name in section if not _is_dropped(section, name))


def read_dropped(section: Section) -> tuple[str, ...]:
    """The columns of the file that are personal, and never read: they are named so that they are shown nowhere."""
    return tuple(_dropped(section.section(name), name) for name in section if _is_dropped(section, name))


def _is_dropped(section: Section, name: str) -> bool:
    return section.is_section(name) and section.section(name).optional("personal") == "drop"


def _dropped(section: Section, name: str) -> str:
    section.choice("personal", PERSONAL)
    section.choice("type", READINGS, "text")
    found = section.text("header", name)
    section.finish()
    return found


def _column(columns: Section, name: str) -> Column:
    if name in _TOLD:
        raise columns.refuse(name, _TOLD[name])
    if not columns.is_section(name):
        kind = columns.choice(name, READINGS)
        if kind == "decimal":
            raise columns.refuse(name, "a decimal needs its scale, as {type: decimal, scale: 2}.")
        return Column(name, kind)
    section = columns.section(name)
    kind = section.choice("type", READINGS)
    column = _constant(section, name) if section.knows("constant") else _in_file(section, name, kind)
    problem = format_problem(column)
    if problem is not None:
        raise section.refuse("format", problem)
    section.finish()
    return column


def _constant(section: Section, name: str) -> Column:
    section.choice("type", ("text",))
    return Column(name, "text", constant=section.text("constant"))


def _in_file(section: Section, name: str, kind: str) -> Column:
    moment = kind in ("date", "timestamp")
    scaled = kind == "decimal" or (kind == "percent" and section.knows("scale"))
    return Column(
        name=name,
        type=kind,
        scale=section.integer("scale", 0, 9) if scaled else None,
        fixed=section.flag("fixed", False) if scaled else False,
        format=section.optional("format") if moment or kind == "duration" else None,
        century_from=_century(section) if moment else None,
        symbol=_symbol(section) if kind in ("integer", "decimal", "number") else None,
        missing=section.texts("missing", ()),
        header=_header(section, kind),
        hashed=_hashed(section, kind),
    )


def _header(section: Section, kind: str) -> str | None:
    header = section.optional("header")
    if header and CURRENCY in header and (kind not in ("integer", "decimal") or header.count(CURRENCY) > 1):
        raise section.refuse(
            "header",
            "'{currency}' stands once, in the header of a column of integers or decimals.",
            currency=CURRENCY,
        )
    return header


def _hashed(section: Section, kind: str) -> bool:
    """True for a column whose cells become hashes; they are texts, of which each is one thing or another."""
    if not section.knows("personal"):
        return False
    section.choice("personal", PERSONAL)
    if kind != "text":
        raise section.refuse("personal", "a column that becomes hashes is declared as text.")
    return True


def _century(section: Section) -> int | None:
    if not section.knows("century_from"):
        return None
    if "%y" not in (section.optional("format") or ""):
        raise section.refuse("century_from", "belongs to a 'format' with a year of two digits, %y.")
    return section.integer("century_from", 1000, 2900)


def _symbol(section: Section) -> str | None:
    symbol = section.optional("symbol")
    if symbol is not None and not SYMBOL.fullmatch(symbol):
        reason = Message(
            "must hold a sign such as $ or letters; no digit, minus or parenthesis, and no blank around it."
        )
        raise section.refuse("symbol", "{symbol} {reason}", symbol=repr(symbol), reason=reason)
    return symbol
