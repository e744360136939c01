"""PDFs that do more than show pages, some that only pretend, and good ones that look suspicious."""

import io
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from tests.corpus.case import Case
from tests.corpus.offices import docx, docx_with

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
RECT = Array([0, 0, 9, 9])
ZIP_NAME = "a.txt"


def saved(pdf, **options):
    output = io.BytesIO()
    pdf.save(output, **options)
    return output.getvalue()


def made(change=lambda pdf: None, *, pages=1, **options):
    """A PDF after `change(pdf)`."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(200, 200))
        change(pdf)
        return saved(pdf, **options)


def opening(action):
    return in_root(OpenAction=action)


def in_root(**entries):
    def change(pdf):
        for name, value in entries.items():
            pdf.Root[f"/{name}"] = value(pdf) if callable(value) else value

    return lambda: made(change)


def on_page(**entries):
    def change(pdf):
        for name, value in entries.items():
            pdf.pages[0].obj[f"/{name}"] = value

    return lambda: made(change)


def annotated(**entries):
    note = Dictionary(
        Type=Name.Annot, Subtype=entries.pop("Subtype", Name.Link), Rect=RECT, **entries
    )
    return on_page(Annots=Array([note]))


def field(**entries):
    one = Dictionary(FT=Name.Tx, T=String("a"), **entries)
    return in_root(AcroForm=Dictionary(Fields=Array([one])))


def carrying(name, content):
    def change(pdf):
        pdf.attachments[name] = content() if callable(content) else content

    return lambda: made(change)


def in_packed_objects():
    def change(pdf):
        pdf.Root.OpenAction = pdf.make_indirect(Dictionary(SCRIPT))

    content = made(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in content
    return content


def spelt_otherwise():
    return opening(SCRIPT)().replace(b"/JavaScript", b"/J#61vaScript")


def named_elsewhere():
    """The type of the action stands in an object of its own."""

    def change(pdf):
        kind = pdf.make_indirect(Name.JavaScript)
        pdf.Root.OpenAction = Dictionary(S=kind, JS=String("app.alert(1)"))

    return made(change)


def launched_by_next():
    return opening(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([SCRIPT])))()


def in_outline():
    def change(pdf):
        item = pdf.make_indirect(Dictionary(Title=String("Bab"), A=SCRIPT))
        pdf.Root.Outlines = Dictionary(First=item, Last=item, Count=1)

    return made(change)


def many_objects():
    def change(pdf):
        pdf.Root.X = Array([pdf.make_indirect(Dictionary(S=Name.P)) for _ in range(200_010)])

    return made(change, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def bomb_inside():
    """Forty megabytes packed into forty kilobytes."""

    def change(pdf):
        stream = Stream(pdf, zlib.compress(bytes(41 << 20), 9), Filter=Name.FlateDecode)
        spec = Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=stream))
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), spec])))

    return made(change)


def held_elsewhere():
    def change(pdf):
        pdf.pages[0].Contents = Stream(pdf, b"", F=String("http://example.com/x"))

    return made(change)


def archive():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        package.writestr(ZIP_NAME, "x")
    return output.getvalue()


def and_archive():
    content = made() + archive()
    assert zipfile.is_zipfile(io.BytesIO(content))
    return content


def inside_archive():
    """The pages stand in the comment of an archive, which stands in a comment of the pages."""
    head, body = made().split(b"\n", 1)
    whole = archive()
    comment = len(body) + 1
    whole = whole[:-2] + comment.to_bytes(2, "little")
    return head + b"\n" + whole + b"\n" + body


def locked():
    return made(encryption=pikepdf.Encryption(user="a", owner="b"))


PRETEND, CUT = "bukan PDF yang sebenarnya", "rusak atau terpotong"
JS, MEDIA, OTHER = "berisi JavaScript", "berisi video", "membuka berkas lain"
JS_TREE = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
EXE = (
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00"
    + bytes(50)
    + b"\x80\x00\x00\x00"
    + bytes(64)
    + b"PE\0\0L\x01"
    + bytes(99)
)
BAD = {
    "a page of the web": (lambda: HTML, PRETEND),
    "a script behind its mark": (lambda: b"%PDF-1.4\n<script>alert(1)</script>", CUT),
    "a program": (lambda: EXE, "isinya program Windows"),
    "a program before it": (lambda: EXE + made(), PRETEND),
    "a script on opening": (opening(SCRIPT), JS),
    "a script in packed objects": (in_packed_objects, JS),
    "a script spelt otherwise": (spelt_otherwise, JS),
    "a script named elsewhere": (named_elsewhere, JS),
    "a script in the names": (in_root(Names=JS_TREE), JS),
    "a script of the page": (on_page(AA=Dictionary(O=SCRIPT)), JS),
    "a script on closing": (in_root(AA=Dictionary(WC=SCRIPT)), JS),
    "a script of a link": (annotated(A=SCRIPT), JS),
    "a script under the mouse": (annotated(AA=Dictionary(E=SCRIPT)), JS),
    "a script of a field": (field(AA=Dictionary(C=SCRIPT)), JS),
    "a script after a jump": (launched_by_next, JS),
    "a script of a heading": (in_outline, JS),
    "a script as a link": (annotated(A=Dictionary(S=Name.URI, URI=String(" JavaScript:alert(1)"))), "tautan yang menjalankan"),
    "a program started": (opening(Dictionary(S=Name.Launch, F=String("cmd.exe"))), "menjalankan program lain"),
    "a program started by a link": (annotated(A=Dictionary(S=Name.Launch, F=String("cmd.exe"))), "menjalankan program lain"),
    "a form sent away": (annotated(A=Dictionary(S=Name.SubmitForm, F=String("http://x/"))), "mengirim isinya"),
    "data taken in": (opening(Dictionary(S=Name.ImportData, F=String("a.fdf"))), "mengambil data"),
    "another file opened": (opening(Dictionary(S=Name.GoToR, F=String("\\\\x\\a.pdf"), D=Array([0, Name.Fit]))), OTHER),
    "a carried file opened": (opening(Dictionary(S=Name.GoToE, D=Array([0, Name.Fit]))), OTHER),
    "a thread of another file": (annotated(A=Dictionary(S=Name.Thread, F=String("a.pdf"))), OTHER),
    "contents held elsewhere": (held_elsewhere, OTHER),
    "rich media": (annotated(Subtype=Name.RichMedia), MEDIA),
    "three dimensions": (annotated(Subtype=Name("/3D")), MEDIA),
    "a film": (annotated(A=Dictionary(S=Name.Rendition, OP=0)), MEDIA),
    "a sound": (annotated(Subtype=Name.Sound), MEDIA),
    "a form of XFA": (in_root(AcroForm=Dictionary(XFA=String("<xdp/>"), Fields=Array([]))), "XFA"),
    "a carried program": (carrying("a.exe", EXE), "membawa berkas “a.exe”"),
    "a carried program with another name": (carrying("a.txt", EXE), "membawa berkas “a.txt”"),
    "a carried page of the web": (carrying("a.html", HTML), "membawa berkas “a.html”"),
    "a carried script": (carrying("a.pdf", opening(SCRIPT)), "membawa berkas “a.pdf” yang berisi JavaScript"),
    "a carried macro": (carrying("a.docx", lambda: docx_with({"word/vbaProject.bin": b"x"})), "membawa berkas “a.docx” yang berisi makro"),
    "a carried bomb": (bomb_inside, "terlalu besar"),
    "a password": (locked, "kata sandi"),
    "half of it": (lambda: made(pages=40)[:-400], CUT),
    "no page": (lambda: made(pages=0), "tidak berisi satu halaman pun"),
    "too many pages": (lambda: made(pages=3_001), "lebih dari 3000 halaman"),
    "an archive behind it": (and_archive, "sekaligus arsip ZIP"),
    "an archive around it": (inside_archive, "sekaligus arsip ZIP"),
}  # fmt: skip
BAD = {name: Case("laporan.pdf", make, reason) for name, (make, reason) in BAD.items()}
HEAVY = {"two hundred thousand objects": Case("laporan.pdf", many_objects, "terlalu rumit")}


def signed():
    """With a signature field, and a second part appended as signing programs do."""
    content = field(
        FT2=Name.Sig,
        V=Dictionary(
            Type=Name.Sig,
            Filter=Name("/Adobe.PPKLite"),
            ByteRange=Array([0, 1, 2, 3]),
            Contents=String("x" * 500),
        ),
    )()
    return content + b"\n90 0 obj\n<< >>\nendobj\nxref\n90 1\n%010d 00000 n \ntrailer\n<< /Size 91 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(content) + 1, content.rindex(b"xref\n", 0, content.rindex(b"startxref")), len(content) + 1 + len(b"90 0 obj\n<< >>\nendobj\n"),
    )  # fmt: skip


def archival():
    def change(pdf):
        with pdf.open_metadata() as data:
            data["pdfaid:part"], data["pdfaid:conformance"] = "2", "B"
        pdf.Root.OutputIntents = Array([Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1)])

    return made(change)


def scanned():
    """One picture on each page, as the copier of an office writes it."""
    from PIL import Image

    output = io.BytesIO()
    pages = [Image.effect_noise((300, 400), 40) for _ in range(3)]
    pages[0].save(output, "PDF", save_all=True, append_images=pages[1:])
    return output.getvalue()


def tagged():
    def change(pdf):
        part = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sound)
        )  # a role of its own
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=part)

    return made(change)


NUMBERS = [
    lambda pdf, one=one: pdf.make_indirect(pikepdf.Object.parse(one))
    for one in (b"7", b"true", b"0.5")
]
FIT = Array([0, Name.Fit])
GOOD = {
    "one page": made,
    "numbers that stand alone": in_root(X=lambda pdf: Array([alone(pdf) for alone in NUMBERS])),
    "many pages": lambda: made(pages=300),
    "opened at a page": opening(FIT),
    "opened by a jump": opening(Dictionary(S=Name.GoTo, D=FIT)),
    "turning to the next page": annotated(A=Dictionary(S=Name.Named, N=Name.NextPage)),
    "links of the web and of mail": annotated(A=Dictionary(S=Name.URI, URI=String("https://kaltimprov.go.id/a?b=javascript:"))),
    "a form of plain fields": field(V=String("isi")),
    "packed objects": lambda: made(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "linearised": lambda: made(linearize=True),
    "archival": archival,
    "tagged": tagged,
    "signed": signed,
    "scanned": scanned,
    "a mark before it": lambda: b"\xef\xbb\xbf" + made(),
    "blank lines before it": lambda: b"\r\n\r\n\n" + made(),
    "zeros before it": lambda: bytes(9) + made(),
    "filled up": lambda: made().ljust(9000, b"\0"),
    "words of scripts on the page": lambda: made(lambda pdf: setattr(pdf.pages[0].obj, "Contents", Stream(pdf, b"(/JavaScript /Launch) Tj"))),
    "a title about scripts": in_root(X=String("/S /JavaScript (x)")),
    "printing not allowed": lambda: made(encryption=pikepdf.Encryption(user="", owner="b")),
    "carried documents": carrying("a.docx", docx),
    "a carried text": carrying("a.csv", b"a;b\n1;2\n"),
    "a carried PDF": carrying("lampiran.pdf", made),
    "an older version": lambda: made(force_version="1.3"),
}  # fmt: skip
GOOD = {name: Case("laporan.pdf", make) for name, make in GOOD.items()}
