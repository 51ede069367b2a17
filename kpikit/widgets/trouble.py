"""An error in words, where a person looks for what could not be made."""

from __future__ import annotations

import errno
from html import escape

from kpikit.words.errors import KpikitError, SaidError
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
