"""The mail and the JSON: what mail programs and other programs get to read."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kpikit.evaluation.document import document
from kpikit.render.content import Content
from kpikit.render.formats import FORMATS, eml
from kpikit.render.formats import json as json_format
from kpikit.words.errors import RenderError
from kpikit.workspace import Workspace
from tests.render.formats.conftest import PIXEL
from tests.workspaces import Shop, each_day, plan

Of = Callable[[str], Content]


def read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_a_mail_goes_to_the_clients_recipients_and_waits_to_be_sent(content: Of) -> None:
    message = read(eml.mail(content("b")))
    assert message["To"] == "bravo@example.com"
    assert message["Subject"] == "Bravo Bageri – juni 2024"
    assert (message["X-Unsent"], message["Content-Language"], message["Date"], message["From"]) == (
        "1",
        "da",
        None,
        None,
    )


LONG_NAMES = (
    "Sønderjyllands Frivillige Æblehøstere, Blåbærplukkere og Rødgrødskogere med Fløde på Ærø og Strynø Smørmølle",
    "Rødovrekommunesbørnehaveogfritidsordningsbestyrelsesmedlemsforening" * 2,
    "Plain & simple words in a name that is longer than any one line of a mail may be, and longer still",
)


@pytest.mark.parametrize("name", LONG_NAMES)
def test_no_line_of_a_mail_is_too_long_whatever_its_client_is_called(name: str, content: Of) -> None:
    one = content("b")
    made = eml.mail(Content(replace(one.review, client=replace(one.review.client, label=name))))
    assert read(made)["Subject"] == f"{name} – juni 2024"
    head = made.partition(b"\r\n\r\n")[0].decode("ascii")
    assert max(map(len, re.findall(r"=\?utf-8\?.*?\?=", head))) <= 75
    assert max(map(len, made.split(b"\r\n"))) <= 78


def test_its_text_and_its_html_say_the_same(content: Of) -> None:
    one = content("a")
    message = read(eml.mail(one))
    text, html = body(message, "plain"), body(message, "html")
    for said in one.sentences:
        assert said in text.replace("\r\n", "\n") and said.replace("&", "&amp;").replace("<", "&lt;")[:20] in html
    assert "<Alfa>" in text and "&lt;Alfa&gt;" in html and "<Alfa>" not in html
    assert "Call us & talk" in text and "Call us &amp; talk" in html
    assert "=HYPERLINK" in text and "◆ Missed" in text and "£259.65" in text


def test_beside_a_target_for_a_year_stands_what_there_is_so_far(tmp_path: Path) -> None:
    """10.00 on each of the 182 days from January to June 2024, of which June has 30."""
    kpi = "{indicator: sales.revenue, cadence: month, target: {kind: cumulative, value: 4000, over: 2024}}"
    sales = each_day("2023-01-01", "2024-06-30", value="10.00")
    plans = {"default/1": plan(kpi, in_force_from="2023-01-01")}
    shop = Shop(sales, covers="2023-01-01..2024-06-30", plans=plans).at(tmp_path / "shop")
    one = Content(shop.client("a").evaluate("2024-06"))
    assert (one.kpis[0].value, one.kpis[0].aims) == ("£300", ("≥ £4,000", "£1,820 so far"))
    message = read(eml.mail(one))
    assert "≥ £4,000; £1,820 so far" in body(message, "plain")
    assert "≥ £4,000<br>£1,820 so far" in body(message, "html")


def test_its_pictures_are_in_it(content: Of) -> None:
    message = read(eml.mail(content("a")))
    html = body(message, "html")
    pictures = {
        part["Content-ID"]: part.get_content() for part in message.walk() if part.get_content_maintype() == "image"
    }
    assert list(pictures) == ["<logo-1@kpikit>", *(f"<spark-{number}@kpikit>" for number in (1, 2, 3))]
    assert pictures["<logo-1@kpikit>"] == PIXEL
    for name, data in pictures.items():
        assert f'src="cid:{name[1:-1]}"' in html and data.startswith(b"\x89PNG")
    assert html.count("<img") == html.count('alt="') == len(pictures) and 'alt=""' not in html
    assert "http" not in html.replace("http://example.com", "")  # of the note, as text


def test_the_same_report_gives_the_same_mail(content: Of) -> None:
    made = eml.mail(content("a"))
    assert eml.mail(content("a")) == made
    FORMATS["eml"].check(made)
    with pytest.raises(RenderError, match="no whole mail"):
        FORMATS["eml"].check(b"Subject: x\r\n\r\n")


def test_the_json_of_a_report_is_its_evaluation(content: Of) -> None:
    review = content("a").review
    made = json_format.make(SimpleNamespace(client="a", review=review))  # type: ignore[arg-type]
    assert json.loads(made) == document(review.evaluation)
    FORMATS["json"].check(made)


def test_the_json_for_partners_has_their_progress_and_no_verdict(content: Of) -> None:
    review = replace(content("a").review, audience="partner")
    made = json_format.make(SimpleNamespace(client="a", review=review))  # type: ignore[arg-type]
    found, known = json.loads(made), json.loads(json.dumps(document(Content(review).evaluation)))
    assert {(fact["status"], fact["status_reason"]) for fact in found["facts"]} == {(None, "not_shown")}
    assert "missed" in {fact["status"] for fact in known["facts"]} and known["goals"] and found["goals"] == []
    assert not re.search(r'"(missed|met|exceeded|on_track|at_risk)"', made.decode())
    assert [fact["target"] for fact in found["facts"]] == [fact["target"] for fact in known["facts"]]


def test_the_json_of_the_portfolio_has_all_evaluations(bakery: Workspace) -> None:
    ran: Any = SimpleNamespace(client=None, workspace=bakery, parameters={"period": "2024-06", "as_of": "2024-06-30"})
    found = json.loads(json_format.make(ran))
    assert (found["schema"], [each["client"] for each in found["evaluations"]]) == (1, ["a", "b"])
