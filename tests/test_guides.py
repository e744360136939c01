"""The guides lead where they say, name buttons as they are on screen, and are found from every page."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from sakip.guides import places
from sakip.guides.catalogue import FOLDER, GUIDES, INDEX
from sakip.guides.reading import guide
from sakip.models import User
from sakip.navigation import ENTRIES
from sakip.roles import Role
from scripts.pictures import MOST_BYTES
from tests.test_permission_matrix import named_routes

ROOT = Path(__file__).resolve().parent.parent
APPS = ("sakip", "performance", "recommendations", "workbooks", "reports", "api")
TEXTS = {name: (FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in (INDEX, *GUIDES)}
LINK = re.compile(r"\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
MESSAGE = re.compile(r"^- “(.+?)” ", re.MULTILINE)
CLOSE = "Mengerti, tutup"
# Pages that people work on; each has a part of its own.
MAIN = {entry.url_name for entry in ENTRIES} | {
    "recommendations:renaksi-detail", "recommendations:renaksi-edit", "recommendations:review-item",
    "recommendations:evaluation-detail", "recommendations:evaluation-scores", "recommendations:evaluation-next-year",
    "recommendations:extension-list", "recommendations:quarterly-report-edit", "performance:entry-grid",
    "workbooks:import-list", "workbooks:import-detail", "workbooks:word-start", "workbooks:word-draft",
    "reports:telaah-staf-list", "reports:telaah-staf-detail", "reports:dossier-detail", "reports:issued-list",
    "reports:consistency", "sakip:user-list", "sakip:unit-list", "recommendations:notice-list", "search",
    "api:token-list", "api:webhook-list",
}  # fmt: skip


def plain(source):
    """What may be on screen: strings joined over lines, anything filled in as “…”, no tags."""
    source = re.sub(r'"\s*\n\s*f?"', "", source)
    source = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}\n]*\}", filled_in, source)
    return re.sub(r"\s+", " ", re.sub(r"<[^>\n]*>", "", source))


def filled_in(found):
    """What a tag or an expression is given as text, such as the label of a button."""
    return "…".join(["", *re.findall(r'"([^"]*)"', found[0]), ""]) or "…"


@pytest.fixture(scope="module")
def on_screen():
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    files += (ROOT / "templates").rglob("*.html")
    return "\n".join(plain(path.read_text(encoding="utf-8")) for path in files)


@pytest.mark.parametrize("name", [INDEX, *GUIDES])
def test_what_is_bold_stands_so_on_screen(name, on_screen):
    assert [words for words in BOLD.findall(TEXTS[name]) if words not in on_screen] == []


def test_messages_are_quoted_as_the_program_says_them(on_screen):
    quoted = MESSAGE.findall(TEXTS["pesan"])
    assert len(quoted) > 30
    parts = [part.strip() for message in quoted for part in message.split("…")]
    assert [part for part in parts if part not in on_screen] == []


@pytest.mark.parametrize("name", [INDEX, *GUIDES])
def test_links_and_pictures_lead_somewhere(name):
    for target in LINK.findall(TEXTS[name]):
        if target.startswith("gambar/"):
            assert (FOLDER / target).stat().st_size <= MOST_BYTES, target
            continue
        page, _, anchor = target.partition("#")
        other = page.removesuffix(".md") or name
        assert other in TEXTS, target
        assert not anchor or anchor in guide(other).anchors, target
    assert guide(name).title
    headings = re.findall(r"^#+ ", TEXTS[name], re.MULTILINE)
    assert len(headings) == len(guide(name).anchors)  # no two alike


def test_links_between_files_become_addresses_and_html_stays_text(tmp_path, monkeypatch):
    monkeypatch.setattr("sakip.guides.reading.FOLDER", tmp_path)
    (tmp_path / "coba.md").write_text("# Coba\n\n## Mengirim, lalu?\n\n[a](operator.md#x) <b>\n")
    made = guide("coba")
    assert made.contents == (("mengirim-lalu", "Mengirim, lalu?"),)
    assert f'<a href="{reverse("guide", args=["operator"])}#x">' in made.html
    assert "&lt;b&gt;" in made.html


def test_every_main_page_has_its_part_of_a_guide():
    assert places.PLACES.keys() >= MAIN
    assert places.PLACES.keys() <= named_routes()
    for place in places.PLACES.values():
        for name, _, anchor in (one.partition("#") for one in place.values()):
            assert not anchor or anchor in guide(name).anchors, f"{name}#{anchor}"


def test_a_page_leads_to_its_own_part(signed_in, cast):
    page = signed_in(cast.rina).get(reverse("recommendations:renaksi-list")).content.decode()
    address = places.address_of("recommendations:renaksi-list", Role.OPERATOR)
    assert "#" in address
    assert page.count(f'href="{address}"') == 2  # menu and foot
    assert signed_in(cast.rina).get(reverse("guide", args=["tidak-ada"])).status_code == 404


def test_a_page_without_its_own_part_leads_to_the_guide_of_the_role():
    assert places.address_of("device-list", Role.LEADER) == reverse("guide", args=["pimpinan"])
    assert places.address_of(None, "") == reverse("guide-list")


def test_the_tour_stays_until_the_person_closes_it(signed_in, cast):
    User.objects.update(tour_closed_at=None)
    rina, umar = (User.objects.get(pk=one.pk) for one in (cast.rina, cast.umar))
    client = signed_in(rina)
    for _ in range(2):
        assert CLOSE in client.get("/").content.decode()
    client.post(reverse("tour-close"))
    assert CLOSE not in client.get("/").content.decode()
    assert CLOSE in signed_in(umar).get("/").content.decode()


@pytest.mark.parametrize("name", GUIDES)
def test_a_picture_far_below_is_fetched_when_it_comes_near(name):
    for tag in re.findall("<img [^>]+>", guide(name).html):
        assert 'loading="lazy"' in tag
        assert re.search(r'width="\d{3,}" height="\d{3,}"|height="\d{3,}" width="\d{3,}"', tag)
