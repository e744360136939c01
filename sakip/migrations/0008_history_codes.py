"""Changes the words stored in the history into codes: ["Status", "Belum", "Tuntas"] → ["status", "open", "done"].

The tables are copies of the labels at the time of this migration, so they do not depend on the models of
today. A label that is in no table stays unchanged, and so does a value that cannot be read; the history
shows both as they are stored. Names of records, texts and lists of parts do not change.
"""

import re
from datetime import date
from decimal import Decimal
from functools import cache
from string import ascii_lowercase

from django.db import migrations

CHUNK = 2000
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
DAY_WORDS = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
NUMBER_WORDS = re.compile(r"-?\d+(,\d+)?")
LETTERS = [*ascii_lowercase, *(f"a{sign}" for sign in ascii_lowercase)]
NUMBER_CODE = re.compile(r"-?\d+(\.\d+)?")


class Text:
    """A value that is stored unchanged, except that “-” (no value) becomes an empty text."""

    def code(self, words):
        return words

    def words(self, code):
        return code


class Choice(Text):
    """A choice. `also` are other labels for the same codes, such as Ya in a workbook."""

    def __init__(self, labels, also=()):
        self.labels = labels
        self.codes = dict(also) | {label: code for code, label in labels.items()}

    def code(self, words):
        return self.codes.get(words, words)

    def words(self, code):
        return self.labels.get(code, code)


class Day(Text):
    def code(self, words):
        found = DAY_WORDS.fullmatch(words)
        if not found:
            return words
        day, month, year = found.groups()
        try:
            return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()
        except ValueError:
            return words

    def words(self, code):
        try:
            day = date.fromisoformat(code)
        except ValueError:
            return code
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class Number(Text):
    def code(self, words):
        if not NUMBER_WORDS.fullmatch(words):
            return words
        text = f"{Decimal(words.replace(',', '.')):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def words(self, code):
        if not NUMBER_CODE.fullmatch(code):
            return code
        whole, _, decimals = code.partition(".")
        return f"{whole},{decimals.ljust(2, '0')}"


class Judgement(Text):
    """A mark of SMART-C and its remark."""

    def code(self, words):
        judged, colon, remark = words.partition(": ")
        return MET.code(judged) + colon + remark

    def words(self, code):
        judged, colon, remark = code.partition(": ")
        return MET.words(judged) + colon + remark


class Counted(Text):
    """A position in a list: `bagian 2`."""

    def __init__(self, noun):
        self.noun = noun

    def code(self, words):
        return words.removeprefix(self.noun)

    def words(self, code):
        return f"{self.noun}{code}"


class Letter(Text):
    """A position written as a letter. No list has more than 52 items."""

    def code(self, words):
        return str(LETTERS.index(words) + 1) if words in LETTERS else words

    def words(self, code):
        return LETTERS[int(code) - 1] if code.isdecimal() and 0 < int(code) <= 52 else code


TEXT, DAY, NUMBER, JUDGEMENT, LETTER = Text(), Day(), Number(), Judgement(), Letter()
FLAG = Choice({"true": "ya", "false": "tidak"}, {"Ya": "true", "Tidak": "false"})
MET = Choice({"true": "terpenuhi", "false": "belum terpenuhi"})
LOCK = Choice({"open": "terbuka", "locked": "dikunci"})
CLOSING = Choice({"open": "Terbuka", "closed": "Ditutup"})
ARCHIVED = Choice({"false": "dipakai", "true": "diarsipkan"})
STATUS = Choice(
    {
        "open": "Belum",
        "in_progress": "Dalam proses",
        "submitted": "Menunggu reviu",
        "returned": "Dikembalikan",
        "done": "Tuntas",
        "not_actionable": "Tidak dapat ditindaklanjuti",
    }
)
REASON = Choice(
    {
        "irrelevant": "Bukti tidak relevan",
        "unsigned": "Belum ditandatangani",
        "wrong_period": "Periode salah",
        "unreadable": "Tidak terbaca",
        "incomplete": "Belum lengkap",
        "off_topic": "Uraian tidak menjawab",
        "other": "Lainnya",
    }
)
POLARITY = Choice({"higher": "Makin tinggi makin baik", "lower": "Makin rendah makin baik"})
ACCUMULATION = Choice(
    {
        "sum": "Dijumlahkan antar-triwulan",
        "latest": "Posisi terakhir yang berlaku",
        "once": "Terbit sekali setahun",
    }
)
PERIOD = Choice(
    {"month": "Bulanan", "quarter": "Triwulanan", "half": "Semesteran", "year": "Tahunan"}
)
MISSING_FIGURE = Choice(
    {
        "not_released": "Belum rilis",
        "not_measured": "Tidak diukur",
        "not_applicable": "Tidak berlaku (n/a)",
        "unknown": "Tidak tercantum dalam sumber",
    }
)
BEHALF = Choice(
    {
        "a.n.": "a.n. (atas nama)",
        "Plt.": "Plt. (pelaksana tugas)",
        "Plh.": "Plh. (pelaksana harian)",
    }
)
PAPER = Choice({"F4": "F4 (215 × 330 mm)", "A4": "A4 (210 × 297 mm)"})
TYPEFACE = Choice({"serif": "Bookman Old Style", "sans": "Arial"})
TYPE_SIZE = Choice({"11": "11 pt", "12": "12 pt"})
MEMO_STATUS = Choice({"draft": "Draf", "issued": "Diterbitkan", "withdrawn": "Dicabut"})
TEMPLATE_STATUS = Choice({"draft": "Draf", "active": "Dipakai"})
UNIT_KIND = Choice(
    {"province": "Provinsi", "body": "Perangkat daerah", "bureau": "Biro atau bidang"}
)
ROLE = Choice(
    {
        "operator": "Operator Biro",
        "evaluator": "Evaluator Inspektorat",
        "coordinator": "Koordinator",
        "leader": "Pimpinan",
    }
)
EVIDENCE_KIND = Choice({"file": "Berkas", "link": "Tautan", "separate": "Dokumen terpisah"})
BLOCK = Choice(
    {
        "score_comparison": "Tabel perbandingan nilai",
        "follow_up_table": "Tabel tindak lanjut",
    }
)
SMART = {
    "s": "Spesifik (specific)",
    "m": "Terukur (measurable)",
    "a": "Dapat dicapai (achievable)",
    "r": "Relevan (relevant)",
    "t": "Berbatas waktu (time-bound)",
    "c": "Terus disempurnakan (continuously improved)",
}

# Fields of parts of another record: label, field and values. The stored label begins with "<title> · ".
REALISATION = [
    ("Realisasi", "value", NUMBER),
    ("Realisasi (teks)", "text_value", TEXT),
    ("Alasan kosong", "missing", MISSING_FIGURE),
    ("Banyak desimal", "decimals", TEXT),
    ("Tanda", "mark", TEXT),
    ("Catatan kaki", "footnote", TEXT),
    ("Keterangan", "annotation", TEXT),
    ("Penjelasan perubahan", "explanation", TEXT),
    ("Kalimat untuk laporan", "sentence", TEXT),
    ("Nilai tahun sebelumnya", "is_carried_over", FLAG),
    ("Sumber data", "source", TEXT),
    ("Perubahan tercetak", "reported_change", NUMBER),
    ("Capaian tercetak", "reported_achievement", NUMBER),
]
TARGET = [("Target", "value", NUMBER), ("Sampai dengan", "high", NUMBER)]
SCORE = [
    ("Nilai", "score", NUMBER),
    ("Nilai keberadaan", "existence_score", NUMBER),
    ("Nilai kualitas", "quality_score", NUMBER),
    ("Nilai pemanfaatan", "use_score", NUMBER),
    ("Perubahan tercetak", "reported_change", NUMBER),
    ("Catatan evaluator", "remark", TEXT),
]
EVIDENCE = [
    ("Judul", "title", TEXT),
    ("Keterangan", "caption", TEXT),
    ("Alamat tautan", "url", TEXT),
    ("Nomor dokumen", "document_number", TEXT),
    ("Tanggal dokumen", "document_date", DAY),
    ("Halaman", "page_hint", TEXT),
    ("Jenis", "kind", EVIDENCE_KIND),
]
REPORT = [
    ("Kemajuan (%)", "progress", TEXT),
    ("Faktor pendukung", "supporting_factors", TEXT),
    ("Faktor penghambat", "hindering_factors", TEXT),
    ("Permasalahan", "problems", TEXT),
    ("Solusi", "solutions", TEXT),
    ("Upaya", "efforts", TEXT),
    ("Usulan penyesuaian anggaran", "budget_adjustment", TEXT),
]
# Labels that a workbook wrote for the figures of a year and the scores of a component: "<label> <title>".
FIGURE_COLUMNS = [
    ("Target", "target.value", NUMBER),
    ("Realisasi", "realisation.value", NUMBER),
    ("Catatan kaki", "realisation.footnote", TEXT),
    ("Keterangan", "realisation.annotation", TEXT),
    ("Penjelasan", "realisation.explanation", TEXT),
    ("Nilai lama", "realisation.is_carried_over", FLAG),
]
SCORE_COLUMNS = [
    ("Nilai", "componentscore.score", NUMBER),
    ("Keberadaan", "componentscore.existence_score", NUMBER),
    ("Kualitas", "componentscore.quality_score", NUMBER),
    ("Pemanfaatan", "componentscore.use_score", NUMBER),
    ("Perubahan", "componentscore.reported_change", NUMBER),
    ("Catatan", "componentscore.remark", TEXT),
]


def titled(part, fields):
    return [("{} · " + label, f"{part}.{name}", values) for label, name, values in fields]


def columns(fields):
    return [(label + " {}", code, values) for label, code, values in fields]


# For each model: label, code and values; the first match is used. {} is the title of the part, which the
# code has after a colon. When a code has several labels, `backwards` writes the first one.
LABELS = {
    "renaksi": [
        ("Status", "status", STATUS),
        ("Alasan", "reason", REASON),
        ("Batas waktu", "due_date", DAY),
        ("Batas waktu yang diminta", "asked_date", DAY),
        ("Penanggung jawab", "lead_unit", TEXT),
        ("Unit pendukung", "supporting_units", TEXT),
        ("Petugas", "person", TEXT),
        ("Rencana aksi", "plan", TEXT),
        ("Tindak lanjut", "follow_up", TEXT),
        ("Alasan tidak dapat ditindaklanjuti", "not_actionable_reason", TEXT),
        ("Menjawab butir", "point", TEXT),
        ("Rekomendasi", "recommendation", TEXT),
        ("Urutan", "position", LETTER),
        ("Langkah", "steps", TEXT),
        ("Berkas", "evidence_file", TEXT),
        ("{} · Berkas", "evidence_file", TEXT),
        *[(label, f"evidence.{name}", values) for label, name, values in EVIDENCE],
        *titled("evidence", EVIDENCE),
        *titled("quarterlyreport", REPORT),
        ("{} · Langkah", "step.text", TEXT),
        ("{} · Selesai tanggal", "step.done_on", DAY),
        ("{} · Rencana aksi", "step.renaksi", TEXT),
        ("{} · Nomor", "step.position", TEXT),
    ],
    "recommendation": [
        ("Evaluasi", "evaluation", TEXT),
        ("LHE", "evaluation", TEXT),
        ("Nomor", "number", TEXT),
        ("Komponen", "component", TEXT),
        ("Judul", "heading", TEXT),
        ("Kode kriteria LKE", "criterion_code", TEXT),
        ("Kode kriteria", "criterion_code", TEXT),
        ("Isi rekomendasi", "text", TEXT),
        ("Rekomendasi", "text", TEXT),
        ("Kalimat pembuka tindak lanjut", "follow_up_lead", TEXT),
        ("Rekomendasi tahun lalu", "previous", TEXT),
        ("Mengulang rekomendasi", "previous", TEXT),
        ("Butir", "points", TEXT),
        ("Isi catatan", "note.text", TEXT),
        ("Gambar", "photos", TEXT),
        ("{} · Isi butir", "recommendationpoint.text", TEXT),
        ("{} · Rekomendasi", "recommendationpoint.recommendation", TEXT),
        ("{} · Urutan", "recommendationpoint.position", LETTER),
    ],
    "evaluation": [
        ("Perangkat daerah", "unit", TEXT),
        ("Rubrik", "rubric", TEXT),
        ("Tahun kinerja", "performance_year", TEXT),
        ("Tahun evaluasi", "evaluation_year", TEXT),
        ("Nomor LHE", "letter_number", TEXT),
        ("Tanggal LHE", "letter_date", DAY),
        ("Perihal", "subject", TEXT),
        ("Sumber data nilai", "source", TEXT),
        ("Nilai tercetak dalam LHE", "reported_total", NUMBER),
        ("Nilai tercetak", "reported_total", NUMBER),
        ("Predikat tercetak dalam LHE", "reported_grade", TEXT),
        ("Predikat tercetak", "reported_grade", TEXT),
        ("Perubahan nilai tercetak", "reported_change", NUMBER),
        ("Perubahan tercetak", "reported_change", NUMBER),
        ("Nomor", "recommendation.number", TEXT),
        ("Isi rekomendasi", "recommendation.text", TEXT),
        *titled("componentscore", SCORE),
        *columns(SCORE_COLUMNS),
    ],
    "rubric": [
        ("Nama", "name", TEXT),
        ("Dasar hukum", "regulation", TEXT),
        ("Perkiraan, perlu konfirmasi", "is_estimate", FLAG),
        ("Aktif", "is_active", FLAG),
        ("Bagian keberadaan (%)", "existence_share", TEXT),
        ("Bagian kualitas (%)", "quality_share", TEXT),
        ("Bagian pemanfaatan (%)", "use_share", TEXT),
        ("Poin kriteria “rekomendasi ditindaklanjuti”", "follow_up_weight", NUMBER),
        ("Sebutan bagian pertama", "existence_label", TEXT),
        ("Pita kriteria tindak lanjut", "bands", TEXT),
        ("{} · Bobot", "rubricweight.weight", NUMBER),
    ],
    "indicator": [
        ("Sasaran", "objective", TEXT),
        ("Bagian dari indikator", "parent", TEXT),
        ("Bagian dari", "parent", TEXT),
        ("Nomor", "number", TEXT),
        ("Kode", "code", TEXT),
        ("Nama indikator", "name", TEXT),
        ("Satuan", "measure", TEXT),
        ("Unit pemilik", "owner_unit", TEXT),
        ("Arah", "polarity", POLARITY),
        ("Akumulasi dalam setahun", "accumulation", ACCUMULATION),
        ("Akumulasi", "accumulation", ACCUMULATION),
        ("Banyak desimal", "decimals", TEXT),
        ("Skala teks", "scale", TEXT),
        ("Berlaku sejak", "year_from", TEXT),
        ("Berlaku sampai", "year_to", TEXT),
        ("Wajib dijelaskan bila berubah lebih dari (%)", "explain_above", TEXT),
        ("Ambang penjelasan (%)", "explain_above", TEXT),
        ("Definisi operasional", "definition", TEXT),
        ("Formula", "formula", TEXT),
        ("Sumber data", "data_source", TEXT),
        ("Periode pengukuran", "period", PERIOD),
        ("Penanggung jawab data", "responsible", TEXT),
        *[(f"SMART-C · {label}", f"smart_{code}", JUDGEMENT) for code, label in SMART.items()],
        ("{} · Bukti", "figure_evidence", TEXT),
        *titled("realisation", REALISATION),
        *titled("target", TARGET),
        *columns(FIGURE_COLUMNS),
    ],
    "objective": [
        ("Perangkat daerah", "unit", TEXT),
        ("Nomor", "number", TEXT),
        ("Nama sasaran", "name", TEXT),
        ("{} · Sumber", "objectivesource.text", TEXT),
    ],
    "telaahstaf": [
        ("Evaluasi", "evaluation", TEXT),
        ("Judul", "title", TEXT),
        ("Kepada", "addressee", TEXT),
        ("Dari", "sender", TEXT),
        ("Tembusan", "copies_to", TEXT),
        ("Tanggal", "date", DAY),
        ("Nomor", "number", TEXT),
        ("Lampiran", "attachment", TEXT),
        ("Perihal", "subject", TEXT),
        ("Penanda tangan", "signatory", TEXT),
        ("Atas nama", "on_behalf", BEHALF),
        ("Kertas", "paper", PAPER),
        ("Huruf", "typeface", TYPEFACE),
        ("Ukuran huruf", "type_size", TYPE_SIZE),
        ("Status", "status", MEMO_STATUS),
        ("Menggantikan", "replaces", TEXT),
        ("Komponen", "components", TEXT),
        ("Dipertahankan", "kept_sections", TEXT),
        ("Bagian", "section", TEXT),
        ("Judul bagian", "telaahstafsection.heading", TEXT),
        ("{} · Teks", "telaahstafblock.text", TEXT),
        ("{} · Belum lengkap", "telaahstafblock.is_incomplete", FLAG),
    ],
    "wordtemplate": [
        ("Perangkat daerah", "unit", TEXT),
        ("Nama templat", "name", TEXT),
        ("Nama berkas", "original_name", TEXT),
        ("SHA-256", "sha256", TEXT),
        ("Status", "status", TEMPLATE_STATUS),
    ],
    "unit": [
        ("Unit induk", "parent", TEXT),
        ("Jenis", "kind", UNIT_KIND),
        ("Nama", "name", TEXT),
        ("Nama singkat", "short_name", TEXT),
        ("Kode", "code", TEXT),
        ("Urutan", "position", TEXT),
        ("Sebutan pimpinan", "head_title", TEXT),
        ("Aktif", "is_active", FLAG),
        ("Nama templat", "wordtemplate.name", TEXT),
        ("Nama berkas", "wordtemplate.original_name", TEXT),
        ("Indikator kinerja {}", "year_lock", LOCK),
    ],
    "user": [
        ("Nama pengguna", "username", TEXT),
        ("Nama", "name", TEXT),
        ("NIP", "nip", TEXT),
        ("Alamat pos-el", "email", TEXT),
        ("Pos-el", "email", TEXT),
        ("Peran", "role", ROLE),
        ("Unit kerja", "unit", TEXT),
        ("Unit", "unit", TEXT),
        ("Mengevaluasi semua perangkat daerah", "evaluates_all", FLAG),
        ("Mengevaluasi semua", "evaluates_all", FLAG),
        ("Perangkat daerah yang dievaluasi", "assigned_bodies", TEXT),
        ("Aktif", "is_active", FLAG),
        ("Status staf", "is_staff", FLAG),
        ("Status superuser", "is_superuser", FLAG),
    ],
    "official": [
        ("Nama dan gelar", "name", TEXT),
        ("NIP", "nip", TEXT),
        ("Pangkat", "rank", TEXT),
        ("Jabatan", "position", TEXT),
        ("Unit kerja", "unit", TEXT),
        ("Aktif", "is_active", FLAG),
    ],
    "letterhead": [
        ("Perangkat daerah", "unit", TEXT),
        ("Pemerintah", "government", TEXT),
        ("Nama perangkat daerah", "body", TEXT),
        ("Alamat", "address", TEXT),
        ("Telepon dan faksimile", "phone", TEXT),
        ("Pos-el dan laman", "online", TEXT),
        ("Lambang", "logo", TEXT),
    ],
    "savedview": [
        ("Nama", "name", TEXT),
        ("Saringan", "query", TEXT),
        ("Dibagikan kepada unit saya", "is_shared", FLAG),
    ],
}
# Rows that only a certain action writes, in addition to those above.
OF_ACTIONS = {
    "dismiss_finding": [("Temuan", "finding", TEXT)],
    "heed_finding": [("Temuan", "finding", TEXT)],
    "add_evidence": [
        ("{} · Rencana aksi", "evidence.renaksi", TEXT),
        ("{} · Nomor", "evidence.position", TEXT),
    ],
    "delete_telaah_staf": [
        ("Perihal", "telaahstaf.subject", TEXT),
        ("Nomor", "telaahstaf.number", TEXT),
    ],
}
# Rules for actions whose whole label is the title of a part. They replace the tables above.
TICKED = [("Status", "status", STATUS), ("Langkah {}", "step", DAY)]
PUT_AWAY = [("Status", "status", STATUS), ("{}", "archived", ARCHIVED)]
CLOSED = [("{}", "quarter_closing", CLOSING)]
CONTENT = [("Bagian", "section", TEXT), ("{}", "content", BLOCK)]
TITLES = {
    ("recommendation", "delete_renaksi"): [("{}", "deleted_renaksi", TEXT)],
    ("renaksi", "tick_step"): TICKED,
    ("renaksi", "untick_step"): TICKED,
    ("renaksi", "archive_evidence"): PUT_AWAY,
    ("renaksi", "restore_evidence"): PUT_AWAY,
    ("unit", "close_quarter"): CLOSED,
    ("unit", "reopen_quarter"): CLOSED,
    ("telaahstaf", "add_part"): CONTENT,
    ("telaahstaf", "remove_part"): CONTENT,
}
MOVED = [
    ("bagian ", ("{}", "section_place", Counted("bagian "))),
    ("isi ke-", ("{}", "content_place", Counted("isi ke-"))),
    ("", ("{}", "content_section", TEXT)),
]


@cache
def rules(model, action):
    """The rules for rows of this model and action; the first match is used.

    A label {} matches every text, so the models and actions in TITLES use only their own rules.
    """
    if (model, action) in TITLES:
        return TITLES[model, action]
    return [*OF_ACTIONS.get(action, ()), *LABELS.get(model, ())]


def moved(row):
    return [next(rule for noun, rule in MOVED if row[1].startswith(noun))]


def to_codes(model, action, row):
    label, before, after = row
    known = moved(row) if action == "move_part" else rules(model, action)
    for template, code, values in known:
        head, hole, tail = template.partition("{}")
        title = label[len(head) : len(label) - len(tail)] if hole else ""
        if label == (f"{head}{title}{tail}" if hole else template) and bool(hole) == bool(title):
            codes = ["" if text == "-" else values.code(text) for text in (before, after)]
            return [f"{code}:{title}" if title else code, *codes]
    return row


def to_words(model, action, row):
    path, _, title = row[0].partition(":")
    known = [rule for _, rule in MOVED] if action == "move_part" else rules(model, action)
    for template, code, values in known:
        if code == path and ("{}" in template) == bool(title):
            return [template.replace("{}", title), *(values.words(text) or "-" for text in row[1:])]
    return row


def rewrite(entries, models, row_of):
    """Writes the new rows, in chunks with one statement each."""
    rows, last = entries.exclude(changes=[]).order_by("pk"), 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last, changed = chunk[-1].pk, []
        for entry in chunk:
            model = models.get(entry.content_type_id, "")
            changes = [row_of(model, entry.action, row) for row in entry.changes]
            if changes != entry.changes:
                entry.changes = changes
                changed.append(entry)
        entries.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=["changes"]
        )


def _run(apps, schema_editor, row_of):
    alias = schema_editor.connection.alias
    models = dict(
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .values_list("pk", "model")
    )
    rewrite(apps.get_model("sakip", "HistoryEntry").objects.using(alias), models, row_of)


def forwards(apps, schema_editor):
    _run(apps, schema_editor, to_codes)


def backwards(apps, schema_editor):
    _run(apps, schema_editor, to_words)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("sakip", "0007_fill_history_body"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
