"""`View`: what all widgets have in common. Controls stand over what they show, and what is shown is an object.

``.value`` is that object, as a function of the package gave it, and ``.code`` the cell that gives it without the
widget. What is chosen is drawn at once, what is typed once
the person pauses; whoever asks for ``.value`` before gets it drawn then. An error stands where the picture would, in
words: its text is made for people, and names the way out.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterator
from functools import wraps
from html import escape
from os import PathLike
from pathlib import Path
from typing import Any

import ipywidgets as widgets
from IPython.display import DisplayHandle, display

from kpikit.charts.look import css
from kpikit.charts.markup import Html
from kpikit.widgets.as_code import opened
from kpikit.widgets.controls import look
from kpikit.widgets.trouble import trouble
from kpikit.widgets.turns import in_turn
from kpikit.words.errors import KpikitError
from kpikit.words.language import Language
from kpikit.words.texts import LANGUAGES
from kpikit.workspace.settings import written_language

log = logging.getLogger(__name__)

PAUSE = 0.12
"""Seconds without a letter, after which it is drawn: longer than between two of them, too short to be waited for."""
OVERTAKEN = 0.4
"""Seconds in which letters that a press has overtaken arrive."""
BREATH = 0.02
"""Seconds between the steps of what follows a first view, so that what a person does comes first."""
BLINK = 0.1
"""Seconds that steps take together, where they are short."""
END = object()
"""Comes after the last step."""


class View(widgets.VBox):  # type: ignore[misc]
    """The base of the widgets. A widget says in `_made` what its controls ask for, and in `_call` how code asks it."""

    heading: str
    """What the app calls the widget, to be translated."""
    _made: Callable[[], Any]
    """What the controls ask for; its errors are shown in its place."""
    _call: Callable[[], str]
    """The code that gives `value`, without the import of kpikit."""

    def __init_subclass__(cls, **named: Any) -> None:
        super().__init_subclass__(**named)
        cls.__init__ = _told(cls.__init__)  # type: ignore[method-assign]

    def __init__(self, say: Language) -> None:
        self.say, self.failed = say, False
        self.shown = widgets.HTML()
        self._written = widgets.HTML()
        self._value: Any = None
        self._stale, self._quiet, self._paused, self._halted = True, False, False, False
        self._timer: asyncio.TimerHandle | None = None
        self._steps, self._spare = self._rest(), self._ahead()
        self._place: DisplayHandle | None = None
        super().__init__()

    def _html(self, value: Any) -> str:
        """What is shown of the value."""
        shown: Html = value.shown()
        return shown.html

    def fail(self, error: Exception, workspace: str | PathLike[str]) -> None:
        """Be nothing but the error that kept the widget from being made; its code is what gives it in a cell, too."""
        self._stale, self._quiet, self.failed = False, True, True
        self._value, self._steps, self._spare = None, iter(()), iter(())
        self._call = lambda: opened(workspace)
        self.shown = widgets.HTML(trouble(error, self.say))
        self.children = (look(), self.shown)

    @property
    def value(self) -> Any:
        """The object that is shown, the whole of it; None where there is an error in its place."""
        self.settle()
        self._finish()
        return self._value

    @property
    def code(self) -> str:
        """The cell that reproduces what is shown, without the widget; a remark on what is missing where nothing is."""
        self.settle()
        try:
            call = self._call()
        except KpikitError as error:
            call = f"# {' '.join(str(error).split())}"
        return f"import kpikit\n\n{call}"

    def _arranged(self, *rows: widgets.Widget) -> None:
        """The rows of the widget, from top to bottom; then everything is drawn for the first time."""
        self.children = (look(), *rows, self._written)
        self._changed()

    def _follow(self, *controls: widgets.Widget) -> None:
        """Draw anew when one of these changes."""
        for each in controls:
            each.observe(self._changed, names="value")

    def _changed(self, change: Any = None) -> None:
        """Something is to be drawn anew: where a kernel runs, once it is told all that changes, letters after a pause.

        Elsewhere it is drawn before this returns.
        """
        if self._quiet:
            return
        self._stale, self._place = True, None
        if self._timer is not None:
            self._timer.cancel()
        typed = change is not None and isinstance(change["owner"], (widgets.Text, widgets.Textarea))
        try:
            self._timer = asyncio.get_running_loop().call_later(PAUSE if typed else 0, self.settle)
        except RuntimeError:
            self.settle()

    @in_turn
    def _refilled(self, *fills: Callable[[], None]) -> None:
        """Lists follow a choice, and what they come to is drawn once; an error of theirs stands in its place."""
        if self._quiet:
            return
        self._quiet = True
        for fill in fills:
            self._tried(fill, self.shown)
        self._quiet = False
        self._changed()

    @in_turn
    def settle(self) -> None:
        """Draw what has changed, if anything has; what its `_rest` says follows step by step."""
        if not self._stale:
            return
        self._stale = False
        self._value = self._tried(self._made, self.shown)
        if self._value is not None:
            self._tried(self._show, self.shown)
        self._steps, self._spare = self._rest(), self._ahead()
        self._go_on()

    @property
    def _has_rest(self) -> bool:
        """True for a widget whose first view is not all of it."""
        return type(self)._rest is not View._rest

    def _rest(self) -> Iterator[None]:
        """What of the view is made after its first sight, in steps; between them, what a person chooses goes first."""
        yield from ()

    def _ahead(self) -> Iterator[None]:
        """What may be asked for next, made in steps while nothing else is."""
        yield from ()

    def pause(self) -> None:
        """Nobody looks at it: what is still to be made of it, or ahead, waits for `resume`."""
        self._paused = True

    def resume(self) -> None:
        """Somebody looks at it again."""
        halted, self._paused, self._halted = self._halted, False, False
        if halted:
            self._go_on()

    def _go_on(self) -> None:
        """The next step: where a kernel runs, once all that waits has been told; elsewhere the rest, at once."""
        try:
            self._timer = asyncio.get_running_loop().call_later(BREATH, self._step)
        except RuntimeError:
            self._finish()

    @in_turn
    def _step(self) -> None:
        self._halted = self._paused
        if self._stale or self._paused:
            return
        if self._tried(self._some_steps, self.shown) is not END:
            self._go_on()
            return
        if self._place is not None:  # nobody has chosen anything yet: the page's picture becomes the whole one
            self._place.update(self._repr_mimebundle_(), raw=True)
            self._place = None
        if self._one_ahead() is not END:
            self._go_on()

    def _one_ahead(self) -> object:
        """The next step of what may be asked for; `END` after the last one. Whoever asks is told of its error then."""
        try:
            return next(self._spare, END)
        except Exception:
            log.info("something could not be made ahead", exc_info=True)
            return END

    def _some_steps(self) -> object:
        """The next step, and those after it that begin within a blink; `END` after the last one."""
        until = time.monotonic() + BLINK
        while (done := next(self._steps, END)) is not END and time.monotonic() < until:
            pass
        return done

    @in_turn
    def _finish(self) -> None:
        """The rest of the view, for who cannot wait."""
        while self._tried(lambda: next(self._steps, END), self.shown) is not END:
            pass

    def _draw(self, value: Any) -> None:
        """Show the value."""
        self.shown.value = self._html(value)

    def _show(self) -> None:
        self._draw(self._value)
        title = escape(self.say("Code for this view"))
        code = escape(f"import kpikit\n\n{self._call()}")
        self._written.value = f'<details class="kpikit code"><summary>{title}</summary><pre>{code}</pre></details>'

    @in_turn
    def _tried(self, do: Callable[[], Any], place: widgets.HTML) -> Any:
        """What ``do`` gives; None where it fails, and ``place`` says why, in words."""
        try:
            return do()
        except Exception as error:  # whatever it is, a person must see it: a kernel would write it where nobody looks
            if not isinstance(error, KpikitError):
                log.exception("a widget could not be drawn")
            place.value = trouble(error, self.say)
            return None

    def _pressed(self, do: Callable[[], None], place: widgets.HTML) -> Callable[[Any], None]:
        """What a button calls: ``do``, with its errors in ``place``; in a kernel a moment later.

        A press overtakes the last letters that were typed: the browser holds them back while the kernel is busy.
        """

        def pressed(button: Any) -> None:
            try:
                asyncio.get_running_loop().call_later(OVERTAKEN, self._tried, do, place)
            except RuntimeError:
                self._tried(do, place)

        return pressed

    def _picture(self) -> str:
        """What a page without widgets shows: the HTML of what is shown."""
        return str(self.shown.value)

    def _repr_mimebundle_(self, **asked: Any) -> Any:
        """The widget, and for a page without widgets what it showed when the cell ran, as a picture and as text."""
        picture = View._picture(self) if self.failed else self._picture()
        shown = {"text/html": f'<style class="kpikit-style">{css()}</style>\n{picture}'}
        shown |= {"text/plain": self.say(self.heading) if self._value is None else str(self._value)}
        return super()._repr_mimebundle_(**asked) | shown

    def _ipython_display_(self) -> None:
        """The widget with its first view; until that is made, a line that says so: a cell shows no empty box."""
        if not self._stale:
            display(self._repr_mimebundle_(), raw=True)
            return
        text = self.say("The view is being made …")
        html = f'<p class="kpikit note" role="status">{escape(text)}</p>'
        place = display({"text/html": html, "text/plain": text}, raw=True, display_id=True)
        self.settle()
        place.update(self._repr_mimebundle_(), raw=True)
        self._place = place if self._has_rest else None


def _told(init: Callable[..., None]) -> Callable[..., None]:
    """The same ``__init__`` of a widget, after which its errors stand in the widget: a cell shows no traceback."""

    @wraps(init)
    def made(self: View, *given: Any, language: str | None = None, **named: Any) -> None:
        try:
            init(self, *given, language=language, **named)
        except (KpikitError, OSError) as error:
            place = given[0] if given else named.get("workspace", "")
            if "say" not in vars(self):
                code = language or written_language(Path(place))
                View.__init__(self, Language(code if code in LANGUAGES else "en"))
            self.fail(error, place)

    return made
