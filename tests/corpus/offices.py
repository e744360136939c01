"""Office files that run, fetch or hide something, and good ones of many programs."""

import io
import stat
import zipfile
from functools import cache

import docx as python_docx
import openpyxl
import xlsxwriter

from tests.corpus.case import Case

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
TYPES, BODY, RELATIONS = "[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"
BOOK, BOOK_RELATIONS, SHEET = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
)


@cache
def docx():
    output = io.BytesIO()
    document = python_docx.Document()
    document.add_paragraph("Notula rapat")
    document.add_table(2, 2)
    document.save(output)
    return output.getvalue()


@cache
def xlsx():
    output = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Kode", "Nama"])
    book.active.append(["=1+1", "A|B!"])
    book.save(output)
    return output.getvalue()


def repacked(content, changes, *, method=zipfile.ZIP_DEFLATED):
    """With parts replaced or added; a function gets what stood there."""
    output, changes = io.BytesIO(), dict(changes)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(output, "w", method) as new:
        for name in old.namelist():
            change = changes.pop(name, None)
            found = old.read(name)
            new.writestr(name, change(found) if callable(change) else change or found)
        for name, made in changes.items():
            new.writestr(name, made)
    return output.getvalue()


def docx_with(changes):
    return repacked(docx(), changes)


def xlsx_with(changes):
    return repacked(xlsx(), changes)


def related(kind, target, mode="External"):
    mode = f' TargetMode="{mode}"' if mode else ""
    relation = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'.encode()
    return lambda old: old.replace(b"</Relationships>", relation + b"</Relationships>")


def typed(before, after):
    return lambda old: old.replace(before, after)


def written(xml):
    return {BODY: lambda old: old.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1)}


def fields(*codes):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    words = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return written(f"<w:p>{mark.format('begin')}{words}{mark.format('end')}</w:p>")


def composed():
    """Another field makes up the name of this one."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "end"))
    code = "<w:r><w:instrText> QUOTE 68 68 69 </w:instrText></w:r>"
    return written(f"<w:p>{begin}{begin}{code}{end}{end}</w:p>")


def formula(text):
    return {
        SHEET: lambda old: old.replace(b"</sheetData>", b"</sheetData>").replace(
            b"1+1", text.encode()
        )
    }


def named(base, name, *, link=False):
    """With a part of this very name."""
    output = io.BytesIO(base())
    with zipfile.ZipFile(output, "a") as package:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        if link:
            entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        package.writestr(entry, b"/etc/passwd")
    return output.getvalue()


def many_parts(base):
    output = io.BytesIO(base())
    with zipfile.ZipFile(output, "a") as package:
        entry = zipfile.ZipInfo("customXml/item.xml")
        package.writestr(entry, b"")
    content = output.getvalue()
    end = content.rindex(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    lines = content[start:end]
    last = lines[lines.rindex(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"item.xml", b"%07d." % number) for number in range(100_000))
    whole = content[:start] + lines + more
    size = len(lines) + len(more)
    return (
        whole
        + content[end : end + 8]
        + b"\xff\xff" * 2
        + size.to_bytes(4, "little")
        + start.to_bytes(4, "little")
        + b"\0\0"
    )


def lying(base):
    """The directory says one byte for a part that has more."""
    content = repacked(base(), {"customXml/item9.xml": b"<x>" + b"y" * 5000 + b"</x>"})
    place = content.rindex(b"customXml/item9.xml") - 46
    return content[: place + 24] + (1).to_bytes(4, "little") + content[place + 28 :]


def locked(base):
    content = base()
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(start) + flags
        content = content[:place] + b"\x01" + content[place + 1 :]
    return content


def swelling(part, size=40 << 20):
    return {part: b" " * size}


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
XXE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
MACRO, OBJECT, OUTSIDE, ODD = "makro", "objek tersemat", "dari luar", "tidak wajar"
LARGE, XML, FIELD, TEMPLATE, LINK = (
    "terlalu besar",
    "definisi XML",
    "kode Word",
    "templat lain",
    "tautan yang tidak",
)
WORD_MAIN, EXCEL_MAIN = b"wordprocessingml.document.main+xml", b"spreadsheetml.sheet.main+xml"


def everywhere(base, changed):
    """What is refused in a document and a workbook alike."""
    root = "word" if base is docx else "xl"
    relations = RELATIONS if base is docx else BOOK_RELATIONS
    main = WORD_MAIN if base is docx else EXCEL_MAIN
    macro = (
        b"application/vnd.ms-word.document.macroEnabled.main+xml"
        if base is docx
        else b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    whole = b"application/vnd.openxmlformats-officedocument." + main
    return {
        "macros": (lambda: changed({f"{root}/vbaProject.bin": OLE}), MACRO),
        "a document with macros by another name": (lambda: changed({TYPES: typed(whole, macro)}), MACRO),
        "macros in a part by another name": (
            lambda: changed({TYPES: typed(b"</Types>", b'<Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/></Types>'), f"{root}/a.dat": b"x"}), MACRO),
        "an old object": (lambda: changed({f"{root}/embeddings/oleObject1.bin": OLE}), OBJECT),
        "an old object by another name": (lambda: changed({f"{root}/media/image9.png": OLE}), OBJECT),
        "an object by relation": (lambda: changed({relations: related("oleObject", "embeddings/x.dat", "")}), OBJECT),
        "a linked object": (lambda: changed({relations: related("oleObject", "file:///c:/a.xlsx")}), OUTSIDE),
        "a control": (lambda: changed({f"{root}/activeX/activeX1.xml": b"<x/>"}), OBJECT),
        "a control by relation": (lambda: changed({relations: related("control", "a.xml", "")}), OBJECT),
        "a program": (lambda: changed({f"{root}/a.exe": b"MZ"}), OBJECT),
        "a program as a picture": (lambda: changed({f"{root}/media/image1.png": b"MZ\x90\x00" + bytes(99)}), OBJECT),
        "an archive within": (lambda: changed({f"{root}/media/a.zip": docx()}), OBJECT),
        "a page of the web": (lambda: changed({f"{root}/a.html": b"<script>"}), OBJECT),
        "macros in a workbook within": (
            lambda: changed({f"{root}/embeddings/a.xlsx": repacked(xlsx(), {"xl/vbaProject.bin": OLE})}), MACRO),
        "a picture from elsewhere": (lambda: changed({relations: related("image", "http://x/1.png")}), OUTSIDE),
        "a picture from a network": (lambda: changed({relations: related("image", "\\\\x\\1.png")}), OUTSIDE),
        "an address without its mark": (lambda: changed({relations: related("image", "http://x/1.png", "")}), OUTSIDE),
        "the mark in other letters": (lambda: changed({relations: related("image", "http://x/1.png", "EXTERNAL")}), OUTSIDE),
        "a link that runs": (lambda: changed({relations: related("hyperlink", "javascript:alert(1)")}), LINK),
        "a link that starts a program": (lambda: changed({relations: related("hyperlink", "ms-msdt:/id")}), LINK),
        "entities": (lambda: changed({f"{root}/theme/theme9.xml": BOMB}), XML),
        "an entity of another file": (lambda: changed({"docProps/app.xml": XXE}), XML),
        "entities in wide letters": (lambda: changed({"docProps/app.xml": XXE.decode().encode("utf-16")}), XML),
        "four hundred times its size": (lambda: changed(swelling(f"{root}/media/a.png")), LARGE),
        "a hundred thousand parts": (lambda: many_parts(base), ODD),
        "a part above": (lambda: named(base, "../a.xml"), ODD),
        "a part above in the manner of Windows": (lambda: named(base, "..\\..\\a.xml"), ODD),
        "a part at the root": (lambda: named(base, "/etc/a.xml"), ODD),
        "a part on a disk": (lambda: named(base, "C:/a.xml"), ODD),
        "a symbolic link": (lambda: named(base, f"{root}/a.xml", link=True), ODD),
        "two parts of one name": (lambda: named(base, "[CONTENT_TYPES].xml"), ODD),
        "a part with a password": (lambda: locked(base), ODD),
        "a size that is not true": (lambda: lying(base), "rusak"),
        "a password": (lambda: OLE, "kata sandi"),
        "half of it": (lambda: base()[:3000], "rusak"),
        "another kind": (lambda: xlsx() if base is docx else docx(), ""),
        "a page of the web by name": (lambda: b"<!DOCTYPE html><html></html>", "rusak"),
        "an archive of something else": (lambda: repacked(zipped_text(), {}), ""),
    }  # fmt: skip


def zipped_text():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        package.writestr("a.txt", "x")
    return output.getvalue()


ONLY_WORD = {
    "a template of the web": (lambda: docx_with({"word/_rels/settings.xml.rels": _relations("attachedTemplate", "http://x/t.dotm")}), TEMPLATE),
    "a template of a network": (lambda: docx_with({"word/_rels/settings.xml.rels": _relations("attachedTemplate", "file://server/t.dotm")}), TEMPLATE),
    "DDE": (lambda: docx_with(fields(' DDEAUTO c:\\\\x "/c calc" ')), FIELD),
    "DDE in pieces": (lambda: docx_with(fields("D", "DE", " x")), FIELD),
    "DDE in one": (lambda: docx_with(written('<w:p><w:fldSimple w:instr=" dde x y"/></w:p>')), FIELD),
    "DDE made up by another field": (lambda: docx_with(composed()), FIELD),
    "another file read in": (lambda: docx_with(fields('INCLUDETEXT "c:\\\\a.docx"')), FIELD),
    "a picture of a network": (lambda: docx_with(fields('INCLUDEPICTURE "\\\\\\\\x\\\\a.png"')), FIELD),
    "a picture of the web": (lambda: docx_with(fields('INCLUDEPICTURE "http://x/a.png"')), FIELD),
    "a file taken in": (lambda: docx_with({RELATIONS: related("aFChunk", "a.txt", "")}), OBJECT),
    "a file taken in by its element": (lambda: docx_with(written('<w:altChunk/>')), OBJECT),
    "a part of another document": (lambda: docx_with({RELATIONS: related("subDocument", "a.docx")}), OBJECT),
    "letters from a list": (lambda: docx_with({RELATIONS: related("mailMergeSource", "file:///c:/a.mdb")}), OUTSIDE),
    "a frame": (lambda: docx_with({RELATIONS: related("frame", "http://x/")}), OUTSIDE),
    "an address in a picture": (lambda: docx_with(written('<w:p><v:imagedata xmlns:v="v" src="http://x/1.png"/></w:p>')), OUTSIDE),
    "text that is no XML": (lambda: docx_with({BODY: b"<w:document"}), "rusak"),
    "elements within elements": (lambda: docx_with({BODY: b"<a>" * 5000 + b"</a>" * 5000}), "rusak"),
}  # fmt: skip
ONLY_EXCEL = {
    "a link to another workbook": (lambda: xlsx_with({"xl/externalLinks/externalLink1.xml": b"<x/>", BOOK_RELATIONS: related("externalLink", "externalLinks/externalLink1.xml", "")}), OUTSIDE),
    "the path of another workbook": (lambda: xlsx_with({"xl/externalLinks/_rels/externalLink1.xml.rels": _relations("externalLinkPath", "file:///c:/a.xlsx")}), OUTSIDE),
    "data of the web": (lambda: xlsx_with({"xl/connections.xml": b'<connections><connection><webPr url="http://x"/></connection></connections>'}), OUTSIDE),
    "data of a database": (lambda: xlsx_with({"xl/connections.xml": b'<connections><connection><dbPr connection="Provider=SQLOLEDB"/></connection></connections>'}), OUTSIDE),
    "a program asked by a formula": (lambda: xlsx_with(formula("cmd|'/c calc'!A0")), OUTSIDE),
    "a sheet of old macros": (lambda: xlsx_with({"xl/macrosheets/sheet1.xml": b"<x/>"}), MACRO),
    "a relation to old macros": (lambda: xlsx_with({BOOK_RELATIONS: related("xlMacrosheet", "a.xml", "")}), MACRO),
}  # fmt: skip


def _relations(kind, target):
    head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return related(kind, target)(head + b"</Relationships>")


BAD = {
    **{f"docx: {name}": Case("notula.docx", *made) for name, made in (everywhere(docx, docx_with) | ONLY_WORD).items()},
    **{f"xlsx: {name}": Case("data.xlsx", *made) for name, made in (everywhere(xlsx, xlsx_with) | ONLY_EXCEL).items()},
}  # fmt: skip


def charted():
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output)
    sheet = book.add_worksheet("Data")
    sheet.write_column(0, 0, [1, 2, 3])
    sheet.write_url("B1", "https://kaltimprov.go.id/")
    sheet.write_formula("C1", '=IF(A1>0,"a|b!","-")')
    sheet.write_comment("A1", "Catatan")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$A$1:$A$3"})
    sheet.insert_chart("D2", chart)
    book.close()
    return output.getvalue()


def many_rows():
    output = io.BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(3_000):
        sheet.write_row(row, 0, [row, "Biro Organisasi", 87.5, 0, 0, 0])
    book.close()
    return output.getvalue()


def illustrated():
    from tests import photographs

    output, document = io.BytesIO(), python_docx.Document()
    document.add_picture(io.BytesIO(photographs.saved(photographs.landscape())))
    document.sections[0].header.add_paragraph("Kop")
    document.save(output)
    return output.getvalue()


SETTINGS = "word/_rels/settings.xml.rels"
GOOD = {
    "a document": ("notula.docx", docx),
    "a document with a picture": ("notula.docx", illustrated),
    "a document with links": ("notula.docx", lambda: docx_with({RELATIONS: related("hyperlink", "https://x.go.id/")})),
    "a document with a link to a disk": ("notula.docx", lambda: docx_with({RELATIONS: related("hyperlink", "file:///D:/Data/a.xlsx")})),
    "a document made from a template": ("notula.docx", lambda: docx_with({SETTINGS: _relations("attachedTemplate", "file:///C:%5CUsers%5Ca%5CSurat.dotx")})),
    "a document with a lost picture": ("notula.docx", lambda: docx_with({RELATIONS: related("image", "NULL")})),
    "a document with page numbers": ("notula.docx", lambda: docx_with(fields(" PAGE \\* MERGEFORMAT "))),
    "a document of a mailing": ("notula.docx", lambda: docx_with(fields(" MERGEFIELD Nama "))),
    "a document pasted from a page": ("notula.docx", lambda: docx_with(fields('INCLUDEPICTURE "C:\\\\Users\\\\a\\\\clip_image001.png"'))),
    "a document with a chart": ("notula.docx", lambda: docx_with({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx(), RELATIONS: related("package", "embeddings/Microsoft_Excel_Sheet1.xlsx", "")})),
    "a document that is not packed": ("notula.docx", lambda: repacked(docx(), {}, method=zipfile.ZIP_STORED)),
    "a document with old paths": ("notula.docx", lambda: named(docx, "customXml\\item9.xml")),
    "a workbook": ("data.xlsx", xlsx),
    "a workbook with a chart, a note and a link": ("data.xlsx", charted),
    "a workbook of many rows": ("data.xlsx", many_rows),
    "a workbook with the setup of a printer": ("data.xlsx", lambda: xlsx_with({"xl/printerSettings/printerSettings1.bin": "HP".encode("utf-16") + bytes(200)})),
    "a workbook with a model of its own": ("data.xlsx", lambda: xlsx_with({"xl/connections.xml": b'<connections><connection><dbPr connection="Data Model Connection"/></connection></connections>'})),
}  # fmt: skip
GOOD = {name: Case(*made) for name, made in GOOD.items()}
