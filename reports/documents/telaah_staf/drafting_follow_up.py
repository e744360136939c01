"""Sentences about the progress of the follow-up. They keep claimed and verified apart (docs/design.md
§2.3), and they name the renaksi as the table does.
"""

from recommendations import transitions
from reports.documents.telaah_staf.facts import REOPENED
from reports.documents.telaah_staf.wording import (
    DraftedSentence,
    about,
    figures_of_items,
    listed,
    named,
    of_components,
)
from sakip.dates import format_date
from sakip.numbers import counted

IN_A_SENTENCE = {
    transitions.OPEN: "belum ditindaklanjuti",
    transitions.IN_PROGRESS: "masih dalam proses",
    transitions.SUBMITTED: "menunggu reviu",
    transitions.RETURNED: "dikembalikan untuk diperbaiki",
    REOPENED: "dibuka kembali",
    transitions.DONE: "tuntas",
    transitions.NOT_ACTIONABLE: "tidak dapat ditindaklanjuti",
}

UNFINISHED = (transitions.OPEN, transitions.IN_PROGRESS)


# ── Fakta-fakta yang mempengaruhi ───────────────────────────────────────────────────────────────
def follow_up(facts):
    tally = facts.tally
    if not tally.recommendations:
        return
    on = f" pada {about(facts)}" if facts.about else ""
    plans = f"dijabarkan dalam {counted(tally.renaksi)} rencana aksi" if tally.renaksi else ""
    yield DraftedSentence(
        "facts.plans",
        f"LHE tahun kinerja {facts.year} memuat {counted(tally.recommendations)} rekomendasi{on}, "
        f"yang {plans or 'belum dijabarkan dalam rencana aksi'}.",
        {
            "jumlah rekomendasi": counted(tally.recommendations),
            "rencana aksi": plans or "belum dijabarkan",
        }
        | ({"komponen": listed(facts.about)} if facts.about else {}),
    )
    yield from (*_statuses(tally), *_claims(tally), *_overdue(facts))


def _statuses(tally):
    rows = [(words, tally.states[name]) for name, words in IN_A_SENTENCE.items()]
    rows = [(words, count) for words, count in rows if count]
    if len(rows) == 1:
        which = "Rencana aksi" if tally.renaksi == 1 else "Seluruh rencana aksi"
        said = f"{which} tersebut {rows[0][0]}."
        yield DraftedSentence("facts.statuses", said, {which.lower(): rows[0][0]})
    elif rows:
        counts = [f"{counted(count)} {words}" for words, count in rows]
        said = f"Dari seluruh rencana aksi tersebut, {listed(counts)}."
        figures = {f"rencana aksi {words}": counted(count) for words, count in rows}
        yield DraftedSentence("facts.statuses", said, figures)


def _claims(tally):
    if not tally.claimed:
        return
    which = "rencana aksi" + (" yang dapat ditindaklanjuti" if _some_cannot(tally) else "")
    if tally.claimed < tally.countable:
        which = f"{counted(tally.claimed)} dari {counted(tally.countable)} {which}"
    elif tally.countable > 1:
        which = f"seluruh {which}"
    if not tally.verified:
        then = "belum ada yang diverifikasi evaluator"
    elif tally.verified == tally.claimed:
        then = "seluruhnya telah diverifikasi evaluator"
    else:
        then = f"{counted(tally.verified)} di antaranya telah diverifikasi evaluator"
    if tally.claimed == 1:
        then = f"evaluator {'telah' if tally.verified else 'belum'} memverifikasinya"
    yield DraftedSentence(
        "facts.claims",
        f"Unit penanggung jawab menyatakan {which} sudah ditindaklanjuti; {then}.",
        {"dinyatakan sudah ditindaklanjuti": which, "hasil verifikasi": then},
    )
    if 0 < tally.claimed_recommendations < tally.recommendations:
        yield _whole_recommendations(tally)


def _some_cannot(tally):
    return tally.countable < tally.renaksi


def _whole_recommendations(tally):
    claimed, verified = tally.claimed_recommendations, tally.verified_recommendations
    ending = (
        f", dan yang seluruhnya telah diverifikasi {counted(verified)}"
        if verified
        else "; belum ada yang seluruhnya telah diverifikasi"
    )
    return DraftedSentence(
        "facts.whole_recommendations",
        "Rekomendasi yang seluruh rencana aksinya dinyatakan sudah ditindaklanjuti berjumlah "
        f"{counted(claimed)} dari {counted(tally.recommendations)}{ending}.",
        {
            "rekomendasi yang dinyatakan sudah ditindaklanjuti": counted(claimed),
            "jumlah rekomendasi": counted(tally.recommendations),
            "rekomendasi yang telah diverifikasi": counted(verified) if verified else "belum ada",
        },
    )


def _overdue(facts):
    if late := facts.tally.overdue:
        said = f"{counted(len(late))} rencana aksi telah melewati batas waktunya{named(late)}"
        figures = figures_of_items("yang melewati batas waktu", late)
        yield DraftedSentence("facts.overdue", f"Per {format_date(facts.on)}, {said}.", figures)


# ── Analisis ────────────────────────────────────────────────────────────────────────────────────
def open_matters(tally):
    """What the follow-up table shows as not finished, each renaksi named with its unit and due date."""
    if found := tally.of(transitions.SUBMITTED):
        yield _matter(
            "submitted",
            found,
            "rencana aksi yang dinyatakan sudah ditindaklanjuti belum dapat diperhitungkan sebagai "
            f"tuntas sebelum direviu evaluator{named(found)}",
            "menunggu reviu",
        )
    if found := tally.of(*UNFINISHED):
        words = [IN_A_SENTENCE[state] for state in UNFINISHED if tally.states[state]]
        said = " atau ".join(words)
        yield _matter(
            "unfinished",
            found,
            f"rencana aksi {said}{named(found)}",
            "belum selesai",
            {"keadaan rencana aksi itu": said},
        )
    yield from _returned(tally.of(transitions.RETURNED))
    yield from _reopened(tally.of(REOPENED))


def _returned(found):
    by_evaluator = [item for item in found if item.sent_back]
    if by_evaluator:
        said = "rencana aksi dikembalikan evaluator karena tindak lanjut atau buktinya belum sesuai"
        yield _matter("returned", by_evaluator, said + named(by_evaluator), "dikembalikan")
    if rest := [item for item in found if not item.sent_back]:
        said = f"rencana aksi harus diperbaiki{named(rest)}"
        yield _matter("to_mend", rest, said, "yang harus diperbaiki")


def _reopened(found):
    """One sentence for each role that reopened, because nobody found a fault in what others reopened."""
    for role in sorted({item.sent_back_by for item in found}):
        items = [item for item in found if item.sent_back_by == role]
        by = f" oleh {role}" if role else ""
        said = f"rencana aksi yang telah selesai direviu dibuka kembali{by}{named(items)}"
        yield _matter(f"reopened:{role}", items, said, f"dibuka kembali{by}")


def _matter(key, items, said, what, more=None):
    figures = figures_of_items(what, items) | (more or {})
    return DraftedSentence(f"analysis.{key}", f"Sebanyak {counted(len(items))} {said}.", figures)


# ── Kesimpulan dan saran ────────────────────────────────────────────────────────────────────────
def outcome(tally):
    if tally.countable and tally.verified == tally.countable:
        said = "Tindak lanjut atas rekomendasi tersebut telah tuntas."
        yield DraftedSentence("conclusion.outcome", said, {"tindak lanjut": "telah tuntas"})
        return
    rows = [(tally.unfinished, "belum selesai"), (tally.submitted, "menunggu reviu")]
    rows = [(count, words) for count, words in rows if count]
    if rows:
        matters = listed([f"{counted(count)} rencana aksi {words}" for count, words in rows])
        yield DraftedSentence(
            "conclusion.outcome",
            f"Tindak lanjut atas rekomendasi belum tuntas karena {matters}.",
            {f"rencana aksi {words}": counted(count) for count, words in rows},
        )


def advice(facts):
    tally = facts.tally
    if tally.recommendations and not tally.renaksi:
        yield DraftedSentence(
            "advice.plans",
            "Rencana aksi atas rekomendasi tersebut agar segera disusun.",
            {"rencana aksi": "segera disusun"},
        )
    if tally.unfinished:
        first, figures = "", {"rencana aksi belum selesai": counted(tally.unfinished)}
        if late := len(tally.overdue):
            first = f", dengan mendahulukan {counted(late)} yang melewati batas waktu,"
            figures["rencana aksi yang melewati batas waktu"] = counted(late)
        yield DraftedSentence(
            "advice.finish",
            f"Unit penanggung jawab agar menyelesaikan {counted(tally.unfinished)} rencana aksi yang "
            f"belum selesai{first} dan melengkapi bukti dukungnya.",
            figures,
        )
    if tally.submitted:
        yield DraftedSentence(
            "advice.review",
            f"Evaluator dimohon mereviu {counted(tally.submitted)} rencana aksi yang menunggu reviu.",
            {"rencana aksi menunggu reviu": counted(tally.submitted)},
        )
    fallen = [row.name for row in facts.chosen if facts.about and row.has_fallen]
    if fallen and tally.unfinished:
        yield DraftedSentence(
            "advice.fallen",
            f"Rencana aksi pada {of_components(fallen)}, yang nilainya turun, agar diutamakan.",
            {"komponen yang nilainya turun": listed(fallen)},
        )
