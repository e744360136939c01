"""What a draft Telaah Staf still needs before it is issued, one line for each thing that is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from reports.models import TelaahStaf
from reports.selectors.letterheads import letterhead_of
from reports.selectors.telaah_staf_sentences import StaleSentence
from reports.selectors.telaah_staf_table import TableContradiction
from sakip.dates import format_date
from sakip.filling import BACK
from sakip.services.officials import not_in_office


@dataclass(frozen=True)
class Check:
    """One line. `blocks`: as long as it is not well, nothing is issued. `field` of the form mends it, or
    the page at `url`, which `link` names.
    """

    label: str
    words: str
    is_well: bool = True
    blocks: bool = True
    field: str = ""
    url: str = ""
    link: str = ""


def required(telaah_staf, user) -> list[Check]:
    """Returns what nothing is issued without. One query when the signatory was not in office; otherwise
    none once sections and signatory are loaded.
    """
    return [
        _number(telaah_staf),
        _date(telaah_staf),
        _signatory(telaah_staf, user),
        *_contents(telaah_staf),
    ]


def all_checks(
    telaah_staf,
    user,
    *,
    contradictions: Sequence[StaleSentence | TableContradiction],
    findings: int,
) -> list[Check]:
    """Returns every line of the page, also about `contradictions` to the records and the number of open
    `findings` of the LHE.

    At most three queries more.
    """
    return [
        _letterhead(telaah_staf),
        *required(telaah_staf, user),
        _sentences(telaah_staf, contradictions),
        _findings(telaah_staf, findings),
        *_same_number(telaah_staf, user),
    ]


def _letterhead(telaah_staf):
    unit = telaah_staf.evaluation.unit
    if head := letterhead_of(unit):
        return Check("Kop surat", f"{head.government}, {head.body}")
    return Check(
        "Kop surat",
        f"Kop surat {unit.name} belum dicatat, jadi surat tercetak tanpa kop.",
        is_well=False,
        blocks=False,
        url=_and_back("sakip:letterhead-create", telaah_staf),
        link="Catat kop surat",
    )


def _number(telaah_staf):
    if telaah_staf.number:
        return Check("Nomor", "", field="number")
    return Check("Nomor", "Nomor belum diisi.", is_well=False, field="number")


def _date(telaah_staf):
    if telaah_staf.date:
        return Check("Tanggal", "", field="date")
    return Check("Tanggal", "Tanggal belum diisi.", is_well=False, field="date")


def _signatory(telaah_staf, user):
    official, day = telaah_staf.signatory, telaah_staf.date
    reason = not_in_office(official, day, user) if day else ""
    if reason:
        words = f"{reason} Ganti penanda tangan atau tanggalnya."
        return Check("Penanda tangan", words, is_well=False, field="signatory")
    term = f"menjabat pada {format_date(day)}" if day else "diperiksa setelah tanggal diisi"
    known = bool(day)
    words = f"{official}, {term}"
    return Check("Penanda tangan", words, is_well=known, blocks=known, field="signatory")


def _contents(telaah_staf):
    """Yields a line for each section that is empty and each text that is incomplete; one line when all is
    well.
    """
    sections = telaah_staf.sections.all()
    found = [check for section in sections for check in _of_section(section)]
    if not sections:
        words = "Telaah Staf ini belum mempunyai satu bagian pun."
        found = [_missing_content("Isi", words, telaah_staf.get_absolute_url(), "Tambah bagian")]
    return found or [Check("Isi", f"{len(sections)} bagian, semuanya lengkap")]


def _of_section(section):
    blocks = section.blocks.all()
    if not blocks:
        words = f"Bagian {section.heading} masih kosong. Isi atau hapus bagian itu."
        create = reverse("reports:telaah-staf-text-create", args=[section.pk])
        yield _missing_content("Isi", words, f"{create}#baru-{section.pk}", "Isi bagian ini")
    for block in blocks:
        if block.is_incomplete:
            words = f"Bagian {section.heading} memuat teks yang ditandai belum lengkap."
            edit = reverse("reports:telaah-staf-text", args=[block.pk])
            yield _missing_content("Isi", words, f"{edit}#isi-{block.pk}", "Lengkapi teks ini")


def _missing_content(label, words, url, link):
    return Check(label, words, is_well=False, url=url, link=link)


def _sentences(telaah_staf, contradictions):
    label = "Kalimat dan data"
    if not contradictions:
        return Check(label, "Kalimatnya sesuai dengan data dan tabel.")
    return Check(
        label,
        f"{len(contradictions)} kalimat tidak sesuai dengan data. Perbaiki, atau tulis alasannya.",
        is_well=False,
        blocks=False,
        field="contradiction_reason",
        url=f"{telaah_staf.get_absolute_url()}#isi-{contradictions[0].block.pk}",
        link="Perbaiki kalimatnya",
    )


def _findings(telaah_staf, count):
    if not count:
        return Check("Uji konsistensi", "Tidak ada temuan terbuka pada LHE ini.")
    return Check(
        "Uji konsistensi",
        f"{count} temuan terbuka pada LHE ini. Periksa apakah ada yang menyangkut surat ini.",
        is_well=False,
        blocks=False,
        url=f"{reverse('reports:consistency')}?evaluasi={telaah_staf.evaluation_id}",
        link="Lihat temuannya",
    )


def _same_number(telaah_staf, user):
    for other in others_with_its_number(telaah_staf, user):
        yield Check(
            "Nomor",
            f"Nomor ini juga dipakai oleh Telaah Staf perihal “{other.subject}”.",
            is_well=False,
            blocks=False,
            url=other.get_absolute_url(),
            link="Buka surat itu",
        )


def others_with_its_number(telaah_staf, user) -> list[TelaahStaf]:
    """Numbers come from an outside register, so a number used twice gives a warning and is not refused."""
    found = TelaahStaf.objects.visible_to(user).exclude(pk=telaah_staf.pk)
    return list(found.filter(number=telaah_staf.number)) if telaah_staf.number else []


def _and_back(page, telaah_staf):
    """Returns the address of a page that leads back to the issuing of this telaah staf."""
    back = reverse("reports:telaah-staf-issue", args=[telaah_staf.pk])
    return f"{reverse(page)}?{BACK}={back}"
