"""Rules of ISO 19005-3 and ISO 14289-1: our files keep them, and each is missed where it is broken."""

from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from reports.archival import Reading, broken, drop, finish, fonts
from reports.renderers.pdf import render_html
from reports.tables.table import data_uri
from tests.reports.pictures import encoded

PAGE = f"""<html lang="id"><title>Uji</title><body><h1>Uji</h1><h2>Daftar</h2>
<ol><li><p>satu <em>miring</em></p><ul><li>dalam</li></ul></li><li>dua</li></ol>
<p><a href="#tabel">ke tabel</a> <a href="https://contoh.example/">keluar</a></p>
<table id="tabel"><thead><tr><th rowspan="2">No.</th><th colspan="2">Nilai</th></tr>
<tr><th>2022</th><th>2023</th></tr></thead><tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody>
<tfoot><tr><td colspan="2">Jumlah</td><td>9</td></tr></tfoot></table>
<table><tbody><tr><th scope="row">Judul</th><td>Isi</td></tr></tbody></table>
<p><img src="{data_uri(encoded(), "image/jpeg")}" alt="Foto"></p></body></html>"""


@pytest.fixture(scope="module")
def good():
    return render_html(PAGE)


def found_in(pdf):
    return [words for _rule, words in broken(Reading(pdf))]


def elements(pdf, kind):
    return [node.element for node in Reading(pdf).nodes if node.type == kind]


def objects(pdf, key, value):
    return [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream) and one.get(key) == value
    ]


def before(pdf, code):
    content = pdf.pages[0].Contents
    content.write(code + b"\n" + content.read_bytes())


def inner_font(pdf):
    return next(one for one in objects(pdf, Name.Type, Name.Font) if Name.W in one)


def outer_fonts(pdf):
    return objects(pdf, Name.Subtype, Name.Type0)


def picture(pdf):
    return objects(pdf, Name.Subtype, Name.Image)[0]


def note(pdf):
    return pdf.pages[0].Annots[0]


def two_intents(pdf):
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def wrong_width(pdf):
    inner_font(pdf).W = Array([0, Array([777] * 4000)])


def wrong_default_width(pdf):
    font = inner_font(pdf)
    font.W, font.DW = Array([]), 3


def wrong_letter(pdf):
    for font in outer_fonts(pdf):
        lines = b"".join(b"<%04x> <0000> " % code for code in range(4000))
        font.ToUnicode.write(b"beginbfchar " + lines + b"endbfchar")


def nested_states(pdf):
    before(pdf, b"q " * 40 + b"Q " * 40)


def script(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def outside_stream(pdf):
    picture(pdf)["/F"] = String("foto.jpg")


def lost_alternative(pdf):
    del elements(pdf, "Figure")[0].Alt


def attachment(pdf):
    pdf.attachments["a.txt"] = b"isi"
    del pdf.attachments["a.txt"].obj.AFRelationship


def state(pdf):
    pdf.pages[0].Resources.ExtGState["/x"] = Dictionary(BM=Name("/Unknown"))


def no_identification(pdf):
    drop(pdf)


def no_title(pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


def form(pdf):
    pdf.make_stream(b"", Dictionary(Type=Name.XObject, Subtype=Name.Form, Ref=Dictionary()))


BROKEN = [
    (
        "a page that is too small",
        lambda pdf: setattr(pdf.pages[0].obj, "MediaBox", Array([0, 0, 2, 9])),
    ),
    ("filter /LZWDecode", lambda pdf: picture(pdf).__setitem__("/Filter", Name.LZWDecode)),
    ("a stream outside the file", outside_stream),
    ("graphics states inside", nested_states),
    ("0 output intents", lambda pdf: pdf.Root.OutputIntents.__delitem__(0)),
    ("2 output intents", two_intents),
    ("DeviceCMYK on page 1", lambda pdf: before(pdf, b"0 0 0 1 k")),
    ("DeviceCMYK on page 1", lambda pdf: before(pdf, b"/DeviceCMYK cs")),
    ("DeviceCMYK in a picture", lambda pdf: setattr(picture(pdf), "ColorSpace", Name.DeviceCMYK)),
    ("other colours than its", lambda pdf: setattr(picture(pdf), "ColorSpace", Name.DeviceGray)),
    ("the intent Foo", lambda pdf: before(pdf, b"/Foo ri")),
    ("that readers may smooth", lambda pdf: setattr(picture(pdf), "Interpolate", True)),
    ("a form with PostScript or a reference", form),
    ("the blend mode /Unknown", state),
    ("not embedded", lambda pdf: inner_font(pdf).FontDescriptor.__delitem__("/FontFile2")),
    ("not that of the glyph", wrong_width),
    ("not that of the glyph", wrong_default_width),
    ("stands for no letter", wrong_letter),
    ("no letters for the glyphs", lambda pdf: outer_fonts(pdf)[0].__delitem__("/ToUnicode")),
    ("a Link that is not printed", lambda pdf: setattr(note(pdf), "F", 0)),
    ("the action JavaScript", script),
    ("/AA", lambda pdf: setattr(pdf.Root, "AA", Dictionary())),
    ("the action Launch", lambda pdf: setattr(note(pdf), "A", Dictionary(S=Name.Launch))),
    ("no identification", no_identification),
    ("not marked as tagged", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    ("there are no tags", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    ("Xyz is no standard type", lambda pdf: setattr(elements(pdf, "P")[0], "S", Name("/Xyz"))),
    ("no language", lambda pdf: setattr(pdf.Root, "Lang", String("?"))),
    ("an attachment without its relationship", attachment),
    ("optional content", lambda pdf: setattr(pdf.Root, "OCProperties", Dictionary())),
    ("f on page 1", lambda pdf: before(pdf, b"0 0 9 9 re f")),
    ("inside each other", lambda pdf: before(pdf, b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC")),
    ("content 999 belongs to no tag", lambda pdf: before(pdf, b"/P <</MCID 999>> BDC EMC")),
    ("a title that is not shown", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    ("no title", no_title),
    ("P in LI", lambda pdf: setattr(elements(pdf, "LBody")[0], "S", Name.P)),
    ("LI in P", lambda pdf: setattr(elements(pdf, "L")[0], "S", Name.P)),
    ("with two heads", lambda pdf: setattr(elements(pdf, "TFoot")[0], "S", Name.THead)),
    ("rows of 2 and 3 columns", lambda pdf: elements(pdf, "TFoot")[0].K[0].K.__delitem__(1)),
    ("Figure without an alternative", lost_alternative),
    ("H3 after H1", lambda pdf: setattr(elements(pdf, "H2")[0], "S", Name.H3)),
    ("H2 after nothing", lambda pdf: setattr(elements(pdf, "H1")[0], "S", Name.H2)),
    ("without a scope", lambda pdf: elements(pdf, "TH")[0].A.__delitem__("/Scope")),
    ("a link without its tag", lambda pdf: setattr(elements(pdf, "Link")[0], "S", Name.Span)),
    ("a link without words", lambda pdf: note(pdf).__delitem__("/Contents")),
]


def test_a_file_of_ours_keeps_them_all(good):
    with pikepdf.open(BytesIO(good)) as pdf:
        assert found_in(pdf) == []


@pytest.mark.parametrize(("words", "spoil"), BROKEN)
def test_what_breaks_a_rule_is_found(words, spoil, good):
    with pikepdf.open(BytesIO(good)) as pdf:
        spoil(pdf)
        assert any(words in said for said in found_in(pdf)), found_in(pdf)


def test_the_default_width_counts(good):
    with pikepdf.open(BytesIO(good)) as pdf:
        font = inner_font(pdf)
        font.W, font.DW = Array([0, 65_535, 600]), 3
        widths = fonts.widths_of(font, {5, 70_000})
        assert (widths[5], widths[70_000]) == (600, 3)


def test_the_font_of_before_comes_back(good):
    with pikepdf.open(BytesIO(good)) as pdf:
        known = pdf.pages[0].Resources.Font
        first, second = list(known.keys())[:2]
        before(pdf, f"/Artifact BMC {first} 1 Tf q {second} 1 Tf Q BT <FFF0> Tj ET EMC".encode())
        shown = Reading(pdf).drawn.shown
        assert b"\xff\xf0" in shown[known[first].objgen]
        assert b"\xff\xf0" not in shown[known[second].objgen]


def test_an_encrypted_file_is_none(good, tmp_path):
    with pikepdf.open(BytesIO(good)) as pdf:
        pdf.save(tmp_path / "x.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        assert "an encrypted file" in found_in(pdf)


def claims(content):
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        return [
            name
            for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
            if name in metadata
        ]


def saved(pdf):
    output = BytesIO()
    pdf.save(output, fix_metadata_version=False)
    return output.getvalue()


@pytest.mark.parametrize(
    ("spoil", "left"),
    [
        (lambda pdf: None, ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"]),
        (lambda pdf: before(pdf, b"0 0 0 1 k"), ["pdfuaid:part"]),
        (lost_alternative, []),
    ],
)
def test_only_a_claim_that_holds_is_kept(spoil, left, good, caplog):
    with pikepdf.open(BytesIO(good)) as pdf:
        spoil(pdf)
        content = saved(pdf)
    assert claims(finish(content)) == left
    told = [message for message in caplog.messages if "does not claim" in message]
    assert len(told) == (len(left) < 3)


def test_the_foot_of_a_page_is_an_artifact(good):
    with pikepdf.open(BytesIO(good)) as pdf:
        content = pdf.pages[0].Contents.read_bytes()
        marks = {number for node in Reading(pdf).nodes for _page, number in node.marks}
    assert content.count(b"MCID") == len(marks)
