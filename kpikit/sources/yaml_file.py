"""From the bytes of a YAML file to its nodes, on top of PyYAML's safe loader: bounded, UTF-8, and without aliases."""

from __future__ import annotations

from pathlib import Path

import yaml

from kpikit.sources.yaml_mistakes import mistake
from kpikit.words.errors import SettingError
from kpikit.words.message import Message
from kpikit.words.signs import sign_problem
from kpikit.words.texts import LANGUAGES

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
_OF_LINES = "\t\r\n\x85\u2028\u2029"
_TOO_DEEP = Message("is nested more than {depth} deep.", depth=MAX_DEPTH)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser: the one in C, where PyYAML was built with it."""
_BEGINS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_ENDS = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


def compose(file: Path) -> yaml.Node | None:
    """The file's top node, None for an empty file; a `SettingError` with its line where it is not plain YAML."""
    text = ""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise SettingError(file, None, "", Message("is larger than {max_bytes} bytes.", max_bytes=f"{MAX_BYTES:,}"))
        text = file.read_bytes().decode("utf-8-sig")
        _check_tokens(file, text)
        return yaml.compose(text, Loader=LOADER)
    except FileNotFoundError:
        raise SettingError(file, None, "", Message("there is no such file.")) from None
    except OSError as error:
        raise SettingError(file, None, "", Message("cannot be read: {strerror}.", strerror=error.strerror)) from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start].count(b"\n")
        raise SettingError(file, before + 1, "", Message("is not UTF-8; save it as UTF-8.")) from None
    except yaml.MarkedYAMLError as error:
        line, told = mistake(error, text.splitlines())
        if "nesting depth" in told:  # newer parsers have a limit of their own, and meet it first, as they read ahead
            raise SettingError(file, line, "", _TOO_DEEP) from None
        raise SettingError(file, line, "", Message("is not valid YAML: {told}", told=told)) from None
    except yaml.YAMLError as error:
        raise SettingError(
            file, None, "", Message("is not valid YAML: {told}", told=f"{str(error).splitlines()[0]}.")
        ) from None


def _check_tokens(file: Path, text: str) -> None:
    """Refuse what could grow or change on loading, and nesting so deep that the parser, which is C, would crash."""
    for line, each in enumerate(text.split("\n"), 1):
        if problem := sign_problem(each, _OF_LINES):
            raise SettingError(file, line, "", Message("the line {problem}", problem=problem))
    depth = 0
    for token in yaml.scan(text, Loader=LOADER):
        depth += isinstance(token, _BEGINS) - isinstance(token, _ENDS)
        line = token.start_mark.line + 1
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
            raise SettingError(
                file, line, "", Message("aliases (*), anchors (&) and tags (!) are not allowed; write it out.")
            )
        if isinstance(token, yaml.ScalarToken) and (problem := sign_problem(token.value, _OF_LINES)):
            raise SettingError(file, line, "", Message("a text {problem}", problem=problem))
        if depth > MAX_DEPTH:
            raise SettingError(file, line, "", _TOO_DEEP)


def line_at(file: Path, *keys: str) -> int | None:
    """The line on which a file that can be read says a key, by the path of keys to it; None where it does not."""
    node, line = compose(file), None
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((name, value) for name, value in pairs if name.value == key), None)
        if found is None:
            return None
        node, line = found[1], found[0].start_mark.line + 1
    return line


def is_wording(node: yaml.MappingNode) -> bool:
    """True for one text in several languages, which is replaced as a whole: texts must say the same in all of them."""
    return bool(node.value) and all(
        key.value in LANGUAGES and isinstance(value, yaml.ScalarNode) for key, value in node.value
    )


def plain(node: yaml.Node | None) -> object:
    """The node as plain values; every scalar is a text."""
    if isinstance(node, yaml.SequenceNode):
        return [plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    return node.value if node is not None else None
