"""The agency's own look: read strictly, and refused where it could not be read on a page."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpikit.charts.look import COLOURS, Colour
from kpikit.sources.pictures import LARGEST_LOGO
from kpikit.words.errors import SettingError
from kpikit.workspace import Workspace
from kpikit.workspace.reports.branding import LEAST_CONTRAST, contrast, readable
from kpikit.workspace.settings import read_settings
from tests.workspaces import PURE_LAWS, Shop

PNG = b"\x89PNG\r\n\x1a\n"
LOGO = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")
PHOTO = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xda\0\x02picture\xff\xd9"
FILES = {
    "logo.png": LOGO, "photo.jpg": PHOTO, "huge.png": PNG + b"." * LARGEST_LOGO,
    "half.png": LOGO[: len(LOGO) // 2], "begun.png": LOGO[:20], "wrong.png": LOGO.replace(b"IDAT", b"IDOT"),
    "endless.png": LOGO[:-12], "half.jpg": PHOTO[:-2], "begun.jpg": PHOTO[:12],
    "logo.svg": b"<svg/>", "ours.pptx": b"PK\x03\x04slides", "ours.ppt": b"PK\x03\x04slides",
}  # fmt: skip


def opened(folder: Path, branding: str) -> Workspace:
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    return Shop(more=f"branding:\n{branding}").at(folder)


def test_what_it_says_is_read(tmp_path: Path) -> None:
    text = """
  logo: logo.png
  colours: {accent: "#004B87"}
  fonts: {text: Source Sans 3, headings: Georgia}
  footer: {en: "Coffee & Co", da: Kaffe}
  slides: ours.pptx
"""
    found = opened(tmp_path / "w", text).settings.branding
    assert found.accent == Colour("#004b87", readable("#004b87", COLOURS["surface"].dark))
    assert (found.text_font, found.heading_font) == ("Source Sans 3", "Georgia")
    assert [file.name for file in found.files] == ["logo.png", "ours.pptx"]
    assert found.footer == {"en": "Coffee & Co", "da": "Kaffe"}


def test_a_slice_has_it_too(tmp_path: Path) -> None:
    workspace = opened(
        tmp_path / "w", '  logo: photo.jpg\n  colours: {accent: "#004b87", accent_by_night: "#ffffff"}\n'
    )
    workspace.save_slice(tmp_path / "slice", ["a"], None, None)
    found = read_settings(tmp_path / "slice").branding
    assert found.accent == Colour("#004b87", "#ffffff")
    assert found.logo and found.logo.read_bytes() == FILES["photo.jpg"]


YELLOW = (
    "branding.colours.accent: '#ffcc00' has a contrast of 1.5:1 to the white of the page; text needs 4.5:1 (WCAG AA). "
    "The nearest shade that has it is '#8f7200'."
)
NAVY = (
    "branding.colours.accent_by_night: '#004b87' has a contrast of 2.0:1 to the dark of the page by night (#11171e); "
    "text needs 4.5:1 (WCAG AA). The nearest shade that has it is '#5285ad'."
)


@pytest.mark.parametrize(
    ("branding", "reason"),
    [
        ('colours: {accent: "#ffcc00"}', YELLOW),
        ('colours: {accent: "#004b87", accent_by_night: "#004b87"}', NAVY),
        ('colours: {accent_by_night: "#ffffff"}', "branding.colours.accent_by_night: belongs to an 'accent'."),
        ("colours: {accent: blue}", "accent: 'blue' must be a colour as '#004b87', between quotes."),
        (
            'colours: {acent: "#004b87"}',
            "key == 'acent', must be one of accent, accent_by_night. Did you mean 'accent'?",
        ),
        ("fonts: {text: 'A; } body {'}", "text: 'A; } body {' must be the name of one font, as 'Source Sans 3'."),
        ("logo: ../logo.png", "branding.logo: lies outside the workspace's folder."),
        ("logo: lost.png", "branding.logo: there is no file 'lost.png' in the workspace's folder."),
        ("logo: logo.svg", "logo: logo.svg is no PNG or JPEG picture, which pages, sheets, slides and mails all can"),
        ("logo: huge.png", "huge.png has 60,008 bytes, must have at most 60,000: a width of 600 pixels is plenty."),
        (
            "logo: half.png",
            "branding.logo: half.png is a damaged PNG picture, cut short perhaps. Save it once more.",
        ),
        ("logo: begun.png", "begun.png is a damaged PNG picture"),
        ("logo: wrong.png", "wrong.png is a damaged PNG picture"),
        ("logo: endless.png", "endless.png is a damaged PNG picture"),
        ("logo: half.jpg", "branding.logo: half.jpg is a damaged JPEG picture, cut short perhaps. Save it once more"),
        ("logo: begun.jpg", "begun.jpg is a damaged JPEG picture"),
        ("slides: ours.ppt", "branding.slides: ours.ppt is no .pptx file."),
    ],
)
def test_what_could_not_be_shown_is_refused(branding: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as error:
        opened(tmp_path / "w", f"  {branding}\n")
    assert reason in str(error.value) and "line " in str(error.value)
    assert {*error.value.said(lambda template, **values: "said").rpartition(": ")[2].split()} == {"said"}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # computed by the formula of WCAG 2.2; the grey is the example that is always told: it just fails on white
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


@PURE_LAWS
@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"), st.sampled_from(["#ffffff", "#11171e"]))
def test_the_proposed_shade_can_be_read_and_a_readable_colour_stays(colour: str, ground: str) -> None:
    found = readable(colour, ground)
    assert contrast(found, ground) >= LEAST_CONTRAST
    assert (found == colour) == (contrast(colour, ground) >= LEAST_CONTRAST)


def test_the_looks_own_colours_can_be_read() -> None:
    for role in ("ink", "muted", "target", "good", "bad"):
        each, on = COLOURS[role], COLOURS["surface"]
        assert min(contrast(each.light, on.light), contrast(each.dark, on.dark)) >= LEAST_CONTRAST, role


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("formats: [html, pfd]", "formats: format == 'pfd', must be one of html, pdf"),
        ("formats: []", "formats: lists no format. There are html, pdf"),
    ],
)
def test_the_formats_of_a_workspace(more: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError) as error:
        Shop(more=f"{more}\n").at(tmp_path / "w")
    assert reason in str(error.value)
    assert Shop(more="formats: [pdf, html]\n").at(tmp_path / "v").settings.formats == ("pdf", "html")


def test_recipients_are_addresses_and_go_with_a_slice(tmp_path: Path) -> None:
    workspace = Shop(clients=("a",)).at(tmp_path / "w")
    file = tmp_path / "w/clients.yml"
    file.write_text("schema: 1\nclients:\n  a: {recipients: [anna@example.com, bo.ek@mail.example.dk]}\n")
    Workspace(tmp_path / "w").save_slice(tmp_path / "slice", ["a"], None, None)
    assert Workspace(tmp_path / "slice").clients["a"].recipients == ("anna@example.com", "bo.ek@mail.example.dk")
    for wrong in ("anna", "anna@example", '"a@b.dk\\nBcc: c@d.dk"', "Anna <a@b.dk>"):
        file.write_text(f"schema: 1\nclients:\n  a: {{recipients: [{wrong}]}}\n")
        with pytest.raises(SettingError, match=r"must be an address as 'anna@example\.com'"):
            Workspace(workspace.folder)


@pytest.mark.parametrize(
    ("logo", "reason"),
    [
        ("../logo.png", "clients.a.logo: lies outside the workspace's folder."),
        ("lost.png", "clients.a.logo: there is no file 'lost.png' in the workspace's folder."),
        ("huge.png", "clients.a.logo: huge.png has 60,008 bytes, must have at most 60,000: a width of 600 pixels"),
        ("half.png", "clients.a.logo: half.png is a damaged PNG picture, cut short perhaps."),
        ("logo.svg", "clients.a.logo: logo.svg is no PNG or JPEG picture"),  # and so it holds no script
    ],
)
def test_a_logo_of_a_client_that_cannot_be_shown_is_refused(logo: str, reason: str, tmp_path: Path) -> None:
    workspace = opened(tmp_path / "w", "  logo: logo.png\n")
    (workspace.folder / "clients.yml").write_text(f"schema: 1\nclients:\n  a: {{logo: {logo}}}\n")
    with pytest.raises(SettingError) as refused:
        read_settings(workspace.folder)
    assert reason in str(refused.value)


def test_a_logo_goes_with_the_slice_of_its_client_alone(tmp_path: Path) -> None:
    workspace = opened(tmp_path / "w", "  logo: logo.png\n")
    text = "schema: 1\nclients:\n  a: {logo: photo.jpg}\n  b: {label: B}\n"
    (workspace.folder / "clients.yml").write_text(text)
    for name, keys in {"own": ["a"], "other": ["b"], "all": ["a", "b"]}.items():
        Workspace(workspace.folder).save_slice(tmp_path / name, keys, None, None)
        logo = read_settings(tmp_path / name).clients[keys[0]].logo
        assert (logo.read_bytes() if logo else None) == (FILES["photo.jpg"] if name == "own" else None)
        assert (tmp_path / name / "photo.jpg").exists() is False
