"""One line of a CSV file: its cells, those of the header, and what is wrong with them."""

from __future__ import annotations

from kpikit.sources.declarations import Dialect, Source
from kpikit.words.errors import SourceError, closest, shortened
from kpikit.words.message import Message, Messages


def fields(line: str, dialect: Dialect) -> list[str]:
    """The cells of one line, without their quotes; a `ValueError` says what is wrong with the quotes.

    >>> fields('a,"b, c","5"" pipe"', Dialect())
    ['a', 'b, c', '5" pipe']
    """
    quote, delimiter = dialect.quote, dialect.delimiter
    if quote not in line:
        return line.split(delimiter)
    if line.count(quote) % 2:
        raise ValueError(Message("the line has an odd number of quotes ({quote}).", quote=quote))
    cells, open_cell = list[str](), list[str]()
    for piece in line.split(delimiter):
        open_cell.append(piece)
        cell = delimiter.join(open_cell) if len(open_cell) > 1 else piece
        if cell.count(quote) % 2 == 0:
            cells.append(_unquoted(cell, quote))
            open_cell.clear()
    return cells


def _unquoted(cell: str, quote: str) -> str:
    if quote not in cell:
        return cell
    inner = cell[1:-1].replace(quote * 2, "")
    if not (cell.startswith(quote) and cell.endswith(quote)) or quote in inner:
        raise ValueError(
            Message(
                "a quote ({quote}) stands inside a cell; it must enclose the cell, or be doubled within one.",
                quote=quote,
            )
        )
    return cell[1:-1].replace(quote * 2, quote)


def names_of(source: Source, row: int, line: str) -> list[str]:
    """The names of the columns in the header's line; a `SourceError` where it is none."""
    if not line:
        way_out = Message("Remove it, or declare by `skip:` how many lines stand above the header.")
        raise SourceError(source.file, Message("the line is empty."), row=row, way_out=way_out)
    try:
        names = fields(line, source.dialect)
    except ValueError as error:
        raise wrong_quotes(source, row, error) from None
    check_width(source, row, line, len(names), len(names))
    return names


def wrong_quotes(source: Source, row: int, error: ValueError) -> SourceError:
    """The error of a line that `fields` cannot cut."""
    way_out = Message("Records must not span lines; declare the `quote:` that the file uses.")
    return SourceError(source.file, error.args[0], row=row, way_out=way_out)


def check_width(source: Source, row: int, line: str, found: int, width: int) -> None:
    """Refuse a line that is empty, or has another number of cells than the header."""
    if not line:
        raise SourceError(source.file, Message("the line is empty."), row=row, way_out=Message("Remove it."))
    if found != width:
        raise _uneven(source, row, found, width)


def place_of(source: Source, row: int, names: list[str], name: str) -> int:
    """Where a column stands in the header, which must have it once."""
    if name not in names:
        way_out = _way_to_the_header(source.dialect, names)
        raise SourceError(source.file, no_such_column(name, names), row=row, column=name, way_out=way_out)
    if names.count(name) > 1:
        raise SourceError(
            source.file, Message("the name {name} stands twice in the header.", name=shortened(name)), row=row
        )
    return names.index(name)


def _way_to_the_header(dialect: Dialect, names: list[str]) -> str:
    if names[0].startswith("#") and dialect.comment is None:
        return Message('Lines above the header that begin with # are declared as `comment: "#"`.')
    if len(names) == 1 or "" in names or names[0].casefold().startswith("sep="):
        return Message(
            "Declare the `delimiter:` that the file uses, or by `skip:` how many lines stand above the header."
        )
    if dialect.skip:
        return Message("If the header is another line, correct `skip: {skip}` in the dialect.", skip=dialect.skip)
    return ""


def no_such_column(name: str, names: list[str]) -> str:
    """The reason to refuse a file without a declared column, with the nearest name that the file has."""
    nearest = closest(name, [each[:60] for each in names[:500]])
    hint = (
        Message("Did you mean {nearest}?", nearest=repr(nearest))
        if nearest
        else Message("The file has {names}.", names=shortened(", ".join(names[:500]), 200))
    )
    return Messages([Message("there is no such column."), hint])


def _uneven(source: Source, row: int, found: int, width: int) -> SourceError:
    reason = Message("the line has {found} fields, and the header has {width}.", found=found, width=width)
    if found == 1:
        reason = Message("the line has 1 field, and the header has {width}.", width=width)
    way_out = Message(
        "Quote cells that hold the delimiter ({delimiter}); declare lines above the header by `skip:`; remove what "
        "is no row.",
        delimiter=repr(source.dialect.delimiter),
    )
    return SourceError(source.file, reason, row=row, way_out=way_out)
