"""Orders: the one way to a file, from a page or a command line."""

import json
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.definitions import ReportError
from reports.exports.catalogue import EXPORTS, ExportSpec, export_file

TODAY = date(2023, 10, 2)


def order(name="follow-up-table", format="csv", **choices):
    return ExportSpec(name=name, format=format, **choices)


def test_an_order_is_the_same_after_json():
    first = order(evaluation_id=3, options={"paper": "A4"})
    assert ExportSpec.from_json(json.loads(json.dumps(first.as_json()))) == first


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_every_product_is_made_in_its_formats(name, memo, renaksi, cast):
    for format_name in EXPORTS[name].formats:
        product = export_file(order(name, format_name), cast.kadir, today=TODAY)
        assert product.content
        assert product.filename.endswith(f".{format_name}")


def test_the_paper_is_the_one_that_was_chosen(renaksi, cast):
    chosen = order(format="pdf", options={"paper": "A4", "orientation": "landscape"})
    page = (
        PdfReader(BytesIO(export_file(chosen, cast.kadir, today=TODAY).content)).pages[0].mediabox
    )
    assert [round(float(side) / 72 * 25.4) for side in (page.width, page.height)] == [297, 210]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (order("salary"), "Laporan “salary” tidak dikenal"),
        (order(format="exe"), "Tabel tindak lanjut tidak ada sebagai “exe”"),
        (order(options={"paper": "A0"}), "Pilihan “A0” tidak dikenal"),
        (order(unit_id=999), "Perangkat daerah nomor 999 tidak ada"),
        (order("telaah-staf", "pdf", document_id=999), "Telaah Staf nomor 999 tidak ada"),
        (order("telaah-staf", "pdf"), "Belum ada Telaah Staf untuk"),
    ],
)
def test_what_can_not_be_made_is_said_in_words(wrong, sentence, evaluation, cast):
    with pytest.raises(ReportError, match=sentence):
        export_file(wrong, cast.kadir, today=TODAY)


def test_the_newest_memo_that_the_person_may_see_is_taken(memo, cast):
    assert export_file(order("telaah-staf", "pdf"), cast.kadir, today=TODAY).title == str(memo)
    with pytest.raises(ReportError, match="Belum ada"):
        export_file(order("telaah-staf", "pdf"), cast.rina, today=TODAY)
    chosen = order("telaah-staf", "pdf", document_id=memo.pk)
    with pytest.raises(ReportError, match="bukan untuk Anda"):
        export_file(chosen, cast.sari, today=TODAY)
