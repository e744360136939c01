"""Reads every sentence of a drafted Telaah Staf and recomputes what it says from the database.

Nothing here asks the program that wrote the sentences: figures come from the tables, who reopened what
from the history. A sentence that no check knows is an error, so that none is left out.
"""

import re
from collections import defaultdict
from decimal import Decimal

from recommendations.models import ComponentScore, Evaluation, Recommendation, Renaksi, RubricWeight
from reports.models import TelaahStafBlock
from sakip.history.entries import HistoryEntry
from sakip.richtext import plain_text

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
WORDS = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
]
ACTIVE = {"open", "in_progress", "returned"}
STATIC = (
    "Apabila rencana aksi dilaksanakan seluruhnya",
    "Unit penanggung jawab dan unit pendukung mempunyai pemahaman",
    "Tindak lanjut rekomendasi adalah sebagai berikut:",
    "Demikian telaah ini",
)
STATES = {
    "belum ditindaklanjuti": "open",
    "masih dalam proses": "in_progress",
    "menunggu reviu": "submitted",
    "dikembalikan untuk diperbaiki": "returned",
    "dibuka kembali": "reopened",
    "tuntas": "done",
    "tidak dapat ditindaklanjuti": "not_actionable",
}
N = r"(\d+) \([a-z ]+\)"
NAMED = r"renaksi ([\da-z.]+) \(([^,]+), (?:batas waktu ([^)]+)|tanpa batas waktu)\)"


def figure(text):
    return Decimal(text.replace(".", "").replace(",", "."))


def day(value):
    return f"{value.day} {MONTHS.split()[value.month - 1]} {value.year}" if value else ""


class Records:
    """The figures of one LHE as the tables hold them now, on the day `today`."""

    def __init__(self, evaluation, today):
        self.evaluation = Evaluation.objects.select_related("rubric", "unit").get(pk=evaluation.pk)
        self.today = today
        self.scores, self.totals = {}, defaultdict(Decimal)
        rows = ComponentScore.objects.filter(evaluation__unit=self.evaluation.unit)
        for year, name, score in rows.values_list(
            "evaluation__performance_year", "component__name", "score"
        ):
            self.scores[year, name] = score
            self.totals[year] += score
        self.items = [self._item(row) for row in self._renaksi()]

    def _renaksi(self):
        rows = Renaksi.objects.filter(recommendation__evaluation=self.evaluation)
        return rows.select_related("recommendation", "lead_unit")

    def _item(self, row):
        alone = row.recommendation.renaksi.count() == 1
        letter = "" if alone else "." + "abcdefghij"[row.position - 1]
        last = HistoryEntry.objects.filter(object_id=row.pk, action__in=["return", "reopen"])
        last = last.filter(content_type__model="renaksi").order_by("pk").last()
        reopened = row.status == "returned" and last and last.action == "reopen"
        return {
            "name": (f"{row.recommendation.number}{letter}", row.lead_unit.name, day(row.due_date)),
            "recommendation": row.recommendation_id,
            "status": row.status,
            "state": "reopened" if reopened else row.status,
            "by": last.actor_role if reopened else "",
            "late": bool(row.status in ACTIVE and row.due_date and row.due_date < self.today),
        }

    def count(self, *states):
        return sum(item["state"] in states for item in self.items)

    def names(self, **known):
        rows = [row for row in self.items if all(row[key] == known[key] for key in known)]
        return {row["name"] for row in rows}

    @property
    def countable(self):
        return len(self.items) - self.count("not_actionable")

    @property
    def by_recommendation(self):
        found = defaultdict(list)
        for item in self.items:
            found[item["recommendation"]].append(item["status"])
        return found.values()


def sentences_of(telaah_staf):
    blocks = TelaahStafBlock.objects.filter(section__telaah_staf=telaah_staf, kind="text")
    return [line for block in blocks for line in plain_text(block.text).split("\n")]


def false_sentences(telaah_staf, today):
    """The sentences of the letter that the records do not bear out."""
    records = Records(telaah_staf.evaluation, today)
    return {line for line in sentences_of(telaah_staf) if not is_true(line, records)}


def is_true(line, records):
    if line.startswith(STATIC):
        return True
    for pattern, check in CHECKS:
        if found := re.fullmatch(pattern, line):
            spelt = re.findall(r"(\d+) \(([a-z]+)\)", line)
            assert all(WORDS[int(number)] == word for number, word in spelt), line
            return check(records, *found.groups())
    raise AssertionError(f"No check knows this sentence: {line}")


def moved(now, then, verb, size):
    return verb == ("naik" if now > then else "turun") and figure(size) == abs(now - then)


def score(records, name, verb, size, then, before, now, year):
    found = [records.scores.get((int(each), name)) for each in (year, before)]
    return found == [figure(now), figure(then)] and moved(*found, verb, size)


def unchanged(records, name, value, *years):
    return {records.scores.get((int(year), name)) for year in years} == {figure(value)}


def total(records, body, verb, size, then, old, before, now, new, year):
    found = [records.totals[int(each)] for each in (year, before)]
    grades = [grade(each) for each in found]
    known = found == [figure(now), figure(then)] and grades == [new, old]
    return known and moved(*found, verb, size) and body == records.evaluation.unit.name


def grade(value):
    bounds = [("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30)]
    return next((code for code, low in bounds if value > low), "D")


def course(records, words, listed):
    rows = [(int(year), figure(value)) for value, year in re.findall(r"([\d,]+) \((\d+)\)", listed)]
    if any(records.totals[year] != value for year, value in rows):
        return False
    steps = [after[1] - before[1] for before, after in zip(rows, rows[1:], strict=False)]
    if "setelah" in words:
        return steps[-1] * steps[-2] < 0 and words.startswith("naik" if steps[-1] > 0 else "turun")
    verb, count = words.split()[:2]
    return WORDS[len(steps)] == count and all((step > 0) == (verb == "naik") for step in steps)


def statuses(records, said):
    counts = re.findall(rf"{N} ([a-z ]+?)(?:,|$| dan )", said.replace(", dan ", ", "))
    told = {STATES[words]: int(number) for number, words in counts}
    return told == {state: n for state in STATES.values() if (n := records.count(state))}


def claims(records, of, claimed, countable, rest, then):
    sure, done = records.count("submitted", "done"), records.count("done")
    if claimed and (int(claimed), int(countable)) != (sure, records.countable):
        return False
    if not claimed and sure != records.countable:
        return False
    if then.startswith("belum ada"):
        return done == 0
    if then.startswith("seluruhnya"):
        return done == sure
    if then.startswith("evaluator"):
        return sure == 1 and ("telah" in then) == (done == 1)
    return int(then.split()[0]) == done


def whole(records, claimed, of, verified):
    rows = records.by_recommendation
    sure = sum(all(status in ("submitted", "done") for status in row) for row in rows)
    done = sum(all(status == "done" for status in row) for row in rows)
    return (int(claimed), int(of), int(verified or 0)) == (sure, len(rows), done)


def named(records, number, names, **known):
    told = set(re.findall(NAMED, names))
    return told == records.names(**known) and int(number) == len(told)


def overdue(records, on, number, names):
    return named(records, number, names, late=True)


def unfinished(records, number, words, names):
    states = [state for said, state in STATES.items() if said in words]
    told = set(re.findall(NAMED, names))
    right = set().union(*(records.names(state=state) for state in states))
    both = states == [state for state in ("open", "in_progress") if records.count(state)]
    return both and told == right and int(number) == len(right)


def movements(records, before, *said):
    year = records.evaluation.performance_year
    told = {}
    for verb, names in re.findall(
        r"komponen yang (naik|turun|tidak berubah) adalah ([^;.]+)", said[0]
    ):
        told |= dict.fromkeys(
            re.findall(r"(?:^|, |dan )([A-Z][\w ]+?)(?: \(|, | dan |$)", names), verb
        )
    right = {}
    for (each, name), value in records.scores.items():
        if each == year and (then := records.scores.get((int(before), name))) is not None:
            right[name] = "naik" if value > then else "turun" if value < then else "tidak berubah"
    sizes = dict(re.findall(r"([A-Z][\w ]+?) \(([\d,]+)\)", said[0].replace(", dan ", ", ")))
    sized = all(
        figure(size) == abs(records.scores[year, name] - records.scores[int(before), name])
        for name, size in sizes.items()
    )
    return told == right and sized


def not_done(records, said):
    open_count, sent = records.count(*ACTIVE, "reopened"), records.count("submitted")
    told = re.findall(rf"{N} rencana aksi (belum selesai|menunggu reviu)", said)
    right = [(open_count, "belum selesai"), (sent, "menunggu reviu")]
    return [(int(n), words) for n, words in told] == [row for row in right if row[0]]


def finish(records, number, late):
    right = records.count(*ACTIVE, "reopened"), len(records.names(late=True))
    return (int(number), int(late or 0)) == right


def letter(records, body, year, number, on):
    row = records.evaluation
    known = (row.unit.name, row.performance_year, row.letter_number, day(row.letter_date))
    return (body, int(year), number or "", on or "") == known


def counted(records, year, recommendations, renaksi):
    rows = Recommendation.objects.filter(evaluation=records.evaluation)
    right = (records.evaluation.performance_year, rows.count(), len(records.items))
    return (int(year), int(recommendations), int(renaksi)) == right


def conclusion(records, year, verb, size, now, code):
    value = records.totals[int(year)]
    before = records.totals[int(year) - 1]
    return figure(now) == value and moved(value, before, verb, size) and code == grade(value)


def same_weights(records, *years):
    rows = RubricWeight.objects.filter(rubric__evaluations__unit=records.evaluation.unit)
    return set(map(int, years)) <= set(
        rows.values_list("rubric__evaluations__performance_year", flat=True)
    )


CHECKS = [
    (r"Laporan Hasil Evaluasi .*\(SAKIP\) (.+) tahun kinerja (\d+)(?:, Nomor (\S+) tanggal ([^,]+),)? perlu ditindaklanjuti\.", letter),
    (r"Nilai komponen (.+) (naik|turun) ([\d,]+), yaitu dari ([\d,]+) pada tahun (\d+) menjadi ([\d,]+) pada tahun (\d+)\.", score),
    (r"Nilai komponen (.+) tidak berubah, yaitu ([\d,]+) pada tahun (\d+) dan (\d+)\.", unchanged),
    (r"Nilai hasil evaluasi SAKIP (.+) (naik|turun) ([\d,]+), yaitu dari ([\d,]+) dengan predikat (\w+) pada tahun (\d+) menjadi ([\d,]+) dengan predikat (\w+) pada tahun (\d+)\.", total),
    (r"Nilai hasil evaluasi itu (.+?): (.+)\.", course),
    (r"Status rencana aksi yang menunggu reviu dapat berubah .*", lambda records: records.count("submitted") > 0),
    (r"Evaluasi tahun kinerja (\d+) berpedoman pada (.+)\.", lambda records, year, rule: rule == records.evaluation.rubric.regulation and int(year) == records.evaluation.performance_year),
    (rf"LHE tahun kinerja (\d+) memuat {N} rekomendasi, yang dijabarkan dalam {N} rencana aksi\.", counted),
    (r"Dari seluruh rencana aksi tersebut, (.+)\.", statuses),
    (r"Seluruh rencana aksi tersebut (.+)\.", lambda records, words: records.count(STATES[words]) == len(records.items)),
    (rf"Unit penanggung jawab menyatakan (seluruh )?(?:{N} dari {N} )?rencana aksi( yang dapat ditindaklanjuti)? sudah ditindaklanjuti; (.+)\.", claims),
    (rf"Rekomendasi yang seluruh rencana aksinya .* berjumlah {N} dari {N}(?:, dan yang seluruhnya telah diverifikasi {N}|; belum ada yang seluruhnya telah diverifikasi)\.", whole),
    (rf"Per (.+?), {N} rencana aksi telah melewati batas waktunya, yaitu (.+)\.", overdue),
    (r"Perbandingan nilai setiap komponen pada tahun (\d+) dan (\d+) adalah sebagai berikut:", same_weights),
    (r"Dibandingkan dengan tahun (\d+), (nilai .+)\.", movements),
    (rf"Sebanyak {N} rencana aksi yang dinyatakan sudah .* direviu evaluator, yaitu (.+)\.", lambda records, n, names: named(records, n, names, state="submitted")),
    (rf"Sebanyak {N} rencana aksi ((?:belum ditindaklanjuti|masih dalam proses).*?), yaitu (.+)\.", unfinished),
    (rf"Sebanyak {N} rencana aksi dikembalikan evaluator karena .*, yaitu (.+)\.", lambda records, n, names: named(records, n, names, state="returned")),
    (rf"Sebanyak {N} rencana aksi yang telah selesai direviu dibuka kembali oleh koordinator, yaitu (.+)\.", lambda records, n, names: named(records, n, names, state="reopened", by="coordinator")),
    (r"Nilai hasil evaluasi SAKIP tahun (\d+) (naik|turun) ([\d,]+) menjadi ([\d,]+) dengan predikat (\w+)\.", conclusion),
    (r"Tindak lanjut atas rekomendasi belum tuntas karena (.+)\.", not_done),
    (r"Tindak lanjut atas rekomendasi tersebut telah tuntas\.", lambda records: records.count("done") == records.countable),
    (rf"Unit penanggung jawab agar menyelesaikan {N} rencana aksi yang belum selesai(?:, dengan mendahulukan {N} yang melewati batas waktu,)? dan melengkapi bukti dukungnya\.", finish),
    (rf"Evaluator dimohon mereviu {N} rencana aksi yang menunggu reviu\.", lambda records, n: int(n) == records.count("submitted")),
]  # fmt: skip
