"""What is copied in desktop Word becomes lists, letters and words of our own in the editor."""

import pytest

from recommendations.models import Note

HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!--
 p.MsoNormal {{mso-style-parent:""; margin:0cm;}}
 @list l0 {{mso-list-id:1; mso-list-type:hybrid;}}
 @list l0:level1 {{mso-level-number-format:alpha-lower; mso-level-text:"%1.";}}
 @list l0:level2 {{mso-level-tab-stop:none; mso-level-text:"%2\\)";}}
 @list l1:level1 {{mso-level-number-format:bullet; mso-level-text:\\F0B7; font-family:Symbol;}}
--></style></head><body lang=IN><!--StartFragment-->{}<!--EndFragment--></body></html>"""


def item(words, mark, place="l0 level1", part=""):
    """A list item as Word copies it; `part` is the class of the first, the middle and the last one."""
    return (
        f"<p class=MsoListParagraph{part} style='text-indent:-18.0pt;mso-list:{place} lfo1'>"
        f"<![if !supportLists]><span lang=IN style='mso-bidi-font-family:Arial'><span style='mso-list:Ignore'>{mark}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        f"<span lang=IN>{words}<o:p></o:p></span></p>\n\n"
    )


def normal(words):
    return f"<p class=MsoNormal><span lang=IN>{words}<o:p></o:p></span></p>\n\n"


COPIED = {
    "letters": (
        item("Satu", "a.", part="CxSpFirst") + item("Dua", "b.", part="CxSpMiddle") + item("Tiga", "c."),
        '<ol type="a"><li><p>Satu</p></li><li><p>Dua</p></li><li><p>Tiga</p></li></ol>',
    ),
    "numbers within letters": (
        item("Satu", "a.") + item("Di dalam", "1)", "l0 level2") + item("Juga", "2)", "l0 level2") + item("Dua", "b."),
        '<ol type="a"><li><p>Satu</p><ol><li><p>Di dalam</p></li><li><p>Juga</p></li></ol></li><li><p>Dua</p></li></ol>',
    ),
    "bullets": (
        item("Rapat", "<span style='font-family:Symbol'>·</span>", "l1 level1") + item("Notula", "·", "l1 level1"),
        "<ul><li><p>Rapat</p></li><li><p>Notula</p></li></ul>",
    ),
    "an unknown list is known by its marks": (
        item("Satu", "i.", "l7 level1") + item("Dua", "ii.", "l7 level1") + normal("Lalu") + item("Enam", "6.", "l8 level1"),
        '<ol type="i"><li><p>Satu</p></li><li><p>Dua</p></li></ol><p>Lalu</p><ol start="6"><li><p>Enam</p></li></ol>',
    ),
    "a list goes on after a paragraph": (
        item("Satu", "a.") + normal("Penjelasan") + item("Dua", "b."),
        '<ol type="a"><li><p>Satu</p></li></ol><p>Penjelasan</p><ol type="a" start="2"><li><p>Dua</p></li></ol>',
    ),
    "bold, italic and the line breaks of the file": (
        normal("Target\nsupaya <i>achievable</i> dan <b style='mso-bidi-font-weight:normal'>jelas</b>")
        + normal("&nbsp;"),
        "<p>Target supaya <em>achievable</em> dan <strong>jelas</strong></p>",
    ),
    "raised and lowered figures": (
        normal("Luas 20 m<sup>2</sup>, CO<sub>2</sub>, 10<sup>-3</sup>, ke-1<sup>st</sup>"),
        "<p>Luas 20 m², CO₂, 10⁻³, ke-1st</p>",
    ),
    "a table": (
        "<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Indikator<o:p></o:p></p></td><td><p class=MsoNormal>Target</p></td></tr>"
        "<tr><td><p class=MsoNormal>IKU 1</p></td><td><p class=MsoNormal>87,5</p></td></tr></table>",
        "<table><tbody><tr><td><p>Indikator</p></td><td><p>Target</p></td></tr><tr><td><p>IKU 1</p></td><td><p>87,5</p></td></tr></tbody></table>",
    ),
    "heads and merged cells": (
        "<table><thead><tr><td><p class=MsoNormal>A</p></td><td colspan=90><p class=MsoNormal>B</p></td></tr></thead>"
        "<tr><td rowspan=2>1</td><td>2</td><td>3</td></tr><tr><td colspan=2>4</td></tr></table>",
        '<table><tbody><tr><th><p>A</p></th><th colspan="2"><p>B</p></th></tr>'
        '<tr><td rowspan="2"><p>1</p></td><td><p>2</p></td><td><p>3</p></td></tr><tr><td colspan="2"><p>4</p></td></tr></tbody></table>',
    ),
    "a list in a cell": (
        f"<table><tr><td>{item('Satu', 'a.')}{item('Dua', 'b.')}</td><td></td></tr></table>",
        '<table><tbody><tr><td><ol type="a"><li><p>Satu</p></li><li><p>Dua</p></li></ol></td><td><p></p></td></tr></tbody></table>',
    ),
    "the layout of a text": (
        f"<table><tr><td>{normal('Satu')}{item('Dua', 'a.')}</td></tr></table>",
        '<p>Satu</p><ol type="a"><li><p>Dua</p></li></ol>',
    ),
    "nothing in it": ("<p class=MsoNormal>x</p><table><tr><td>&nbsp;</td><td></td></tr></table>", "<p>x</p>"),
    "a table in a table": (
        "<table class=MsoTableGrid><tr><td>a<table><tr><td>1</td><td>2</td></tr></table></td><td>b</td></tr></table>",
        "<table><tbody><tr><td><p>a</p><p>1 | 2</p></td><td><p>b</p></td></tr></tbody></table>",
    ),
    "too many columns": (
        f"<table class=MsoTableGrid><tr>{'<td>a</td>' * 13}</tr></table>",
        f"<p>{' | '.join('a' * 13)}</p>",
    ),
    "a few words": ("<span class=MsoNormal>hanya <b>tiga</b> kata</span>", "hanya <strong>tiga</strong> kata"),
    "lists that are lists already": (
        "<p class=MsoNormal>Yaitu:</p><ol style='margin-top:0cm' start=1 type=a><li class=MsoNormal>Satu<o:p></o:p></li><ul type=disc><li class=MsoNormal>Dalam</li></ul><li class=MsoNormal>Dua</li></ol>",
        '<p>Yaitu:</p><ol type="a" start="1"><li><p>Satu</p><ul><li><p>Dalam</p></li></ul></li><li><p>Dua</p></li></ol>',
    ),
}  # fmt: skip
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", text);
  document.querySelector(".ProseMirror").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
READ = "async (html) => (await import('/static/js/word_paste.js')).fromWord(html)"


@pytest.fixture
def kadir(visit, cast, renaksi):
    """Kadir before an empty note."""
    kadir = visit(cast.kadir)
    kadir.open(f"/rekomendasi/{renaksi.recommendation_id}/catatan/")
    return kadir


@pytest.fixture
def page(kadir):
    return kadir.page


def open_editor(page):
    """Until then a plain place stands there; its buttons show no state yet."""
    page.locator(".ProseMirror").first.click()
    page.locator(".prose-editor [data-name=italic][aria-pressed]").first.wait_for()


def test_every_kind_of_text_is_read(page, kadir):
    read = {name: page.evaluate(READ, HEAD.format(copied)) for name, (copied, _) in COPIED.items()}
    assert read == {name: wanted for name, (_, wanted) in COPIED.items()}
    assert kadir.complaints == []


def test_a_pasted_list_is_one_in_the_editor_and_after_saving(page, kadir):
    copied, wanted = COPIED["numbers within letters"]
    open_editor(page)
    page.evaluate(PASTE, [HEAD.format(copied), "a. Satu"])
    page.locator(".ProseMirror ol[type=a] ol").wait_for()
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/rekomendasi/*/")
    assert Note.objects.get().text == wanted
    page.go_back()
    assert page.locator(".ProseMirror ol[type=a]").count() == 1  # also before the editor is loaded
    open_editor(page)
    assert page.locator(".ProseMirror ol[type=a]").count() == 1
    assert kadir.complaints == []


def test_pasted_by_its_keys_a_text_is_plain(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied, _ = COPIED["letters"]
    page.evaluate(
        """([html, text]) => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) })])""",
        [copied, "a. Satu"],
    )
    open_editor(page)
    page.keyboard.press("Control+Shift+V")
    page.locator(".ProseMirror p", has_text="a. Satu").wait_for()
    assert page.locator(".ProseMirror ol").count() == 0


SAYS = """async (html) => {
  const said = new Set();
  (await import('/static/js/word_paste.js')).fromWord(html, said);
  return [...said];
}"""


def test_what_is_left_out_is_said(page):
    assert page.evaluate(SAYS, HEAD.format(COPIED["a table"][0])) == []
    for name, sentence in (
        ("a table in a table", "Tabel di dalam tabel ditempel sebagai baris teks."),
        (
            "too many columns",
            "Tabel lebih dari 12 kolom atau 200 baris ditempel sebagai baris teks.",
        ),
    ):
        assert page.evaluate(SAYS, HEAD.format(COPIED[name][0])) == [sentence]
    assert page.evaluate(SAYS, '<p>a<img src="x.png"></p>') == ["Gambar tidak ikut ditempel."]


def test_only_the_tables_of_another_program_are_made_anew(page):
    pasted = '<b style="font-weight:normal"><h2>x</h2><table style="width:9px"><tr><th>A</th><th colspan="5000">B</th></tr></table></b>'
    assert page.evaluate(READ, pasted) == (
        '<b data-style="font-weight:normal"><h2>x</h2><table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr></tbody></table></b>'
    )
    own = '<table data-pm-slice="1 1 []"><tbody><tr><td><p>a</p></td></tr></tbody></table>'
    assert page.evaluate(READ, own) == own
