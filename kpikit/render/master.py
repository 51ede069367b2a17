"""An agency's own presentation as a master alone: what it is written on stays, all that was ever written on it goes."""

from __future__ import annotations

from typing import Any

_LOOK = ("slideMaster", "slideLayout", "theme", "themeOverride", "image", "hyperlink")
"""The kinds of parts that masters, layouts and themes may lead to: the ends of their relationships' types."""

_KEPT = ("sldMasterIdLst", "sldIdLst", "sldSz", "notesSz", "defaultTextStyle")
"""What the presentation's own part keeps: no sections, custom shows, comments, fonts, passwords or extensions."""


LARGE = 44
"""The size of titles on a master that says none, in points."""


def bare(file: Any) -> None:
    """Leave the master, layouts, theme and size of a presentation; all else of it is of other clients, or may be.

    Its properties, its preview and whatever else its package holds go, too: parts that nothing leads to are not saved.
    """
    for name, each in list(file.part.package._rels.items()):
        if _kind(each) != "officeDocument":
            file.part.package._rels.pop(name)
    _bare_presentation(file.part)
    for master in file.slide_masters:
        for holder in (master, *master.slide_layouts):
            _bare_look(holder.part)


def title_size(file: Any) -> int:
    """The size of titles on a presentation's master, in points; where it says none, the one that programs take."""
    told = file.slide_master.element.xpath("//p:titleStyle/a:lvl1pPr/a:defRPr/@sz")
    return int(told[0]) // 100 if told else LARGE


def _bare_presentation(part: Any) -> None:
    for each in list(part._element):
        if _name(each) not in _KEPT:
            part._element.remove(each)
        elif _name(each) == "sldIdLst":  # its slides
            each[:] = []
    for name, each in list(part.rels.items()):
        if _kind(each) not in ("slideMaster", "theme"):
            part.rels.pop(name)


def _bare_look(part: Any) -> None:
    """A master or layout without what leads out of it: jumps to slides, tags, embedded tables and charts."""
    lost = {name for name, each in part.rels.items() if _kind(each) not in _LOOK}
    for name in lost:
        part.rels.pop(name)
    for each in [one for one in part._element.iter() if lost & set(_links(one))]:
        frames = [one for one in each.iterancestors() if _name(one) == "graphicFrame"]
        gone = frames[-1] if frames else each
        if gone.getparent() is not None:
            gone.getparent().remove(gone)


def _links(element: Any) -> list[str]:
    """The relationships that an element names."""
    return [text for name, text in element.attrib.items() if "/relationships}" in name]


def _kind(relationship: Any) -> str:
    return str(relationship.reltype).rpartition("/")[2]


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
