"""An error in words, where a person looks for what could not be made."""

from __future__ import annotations

import errno
from html import escape

from kpikit.words.errors import MOST_NAMES, KpikitError, SaidError, UnknownError, closest
from kpikit.words.language import Language
from kpikit.words.texts import N_

_REFUSED = {
    errno.EACCES: N_("access is denied"),
    errno.EPERM: N_("access is denied"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOENT: N_("it does not exist"),
    errno.ENOTDIR: N_("a file stands where a folder is needed"),
}
"""Why a file cannot be read or written, in words."""


def trouble(error: Exception, say: Language) -> str:
    """An error in words, with the way out, as a screen reader says it at once.

    What is said in English stands in a sentence of the reader's language, and is marked as English.
    """
    if isinstance(error, UnknownError):
        error = SaidError(_unknown(error, say))
    elif isinstance(error, KpikitError) and (said := error.said(say)) != str(error):
        error = SaidError(said)
    text = str(error)
    if isinstance(error, OSError) and error.filename:
        reason = say(_REFUSED[error.errno]) if error.errno in _REFUSED else error.strerror
        text = say("{file} cannot be read or written: {reason}. Put that right, and try again.",
                   file=error.filename, reason=reason)  # fmt: skip
    elif not isinstance(error, KpikitError):
        kind = f"{type(error).__name__}: {error}"
        text = say("This could not be shown ({kind}). Choose something else, or run the cell again.", kind=kind)
    html = escape(text)
    if isinstance(error, KpikitError) and not isinstance(error, SaidError) and say.code != "en":
        why = escape(say("This cannot be shown as it stands. Choose or write something else, or repair what is named:"))
        html = f'{why} <span lang="en">{html}</span>'
    return f'<p class="kpikit trouble" role="alert">{html}</p>'


def _unknown(error: UnknownError, say: Language) -> str:
    """What is not there, and the nearest that is."""
    if error.name == "workspace":
        return say("Workspace {value}: there is no such folder. Check its path, and run the cell again.",
                   value=repr(error.value))  # fmt: skip
    what = say("Client") if error.name == "client" else error.name  # lists to choose from are called in words already
    about = {"what": what, "value": repr(error.value)}
    if nearest := closest(error.value, error.allowed):
        return say("{what}: {value} does not exist. Did you mean {nearest}?", **about, nearest=repr(nearest))
    names = error.allowed[:MOST_NAMES]
    listed = ", ".join(names) + (" …" if len(error.allowed) > len(names) else "")
    return say("{what}: {value} does not exist. There are: {names}.", **about, names=listed or "–")
