"""Sentences about the progress of the follow-up. They keep claimed and verified apart (docs/design.md
§2.3).
"""

from recommendations import transitions
from reports.documents.telaah_staf.wording import about, listed
from sakip.dates import format_date
from sakip.numbers import counted

IN_A_SENTENCE = {
    transitions.OPEN: "belum ditindaklanjuti",
    transitions.IN_PROGRESS: "dalam proses",
    transitions.SUBMITTED: "menunggu reviu",
    transitions.RETURNED: "dikembalikan untuk diperbaiki",
    transitions.DONE: "tuntas",
    transitions.NOT_ACTIONABLE: "tidak dapat ditindaklanjuti",
}


def follow_up(facts):
    tally = facts.tally
    if not tally.recommendations:
        return []
    on = f" pada {about(facts)}" if facts.about else ""
    plans = f"dijabarkan dalam {counted(tally.renaksi)} rencana aksi" if tally.renaksi else ""
    first = (
        f"LHE tahun kinerja {facts.year} memuat {counted(tally.recommendations)} rekomendasi{on}, "
        f"yang {plans or 'belum dijabarkan dalam rencana aksi'}."
    )
    return [first, *_statuses(tally), *_claims(tally), *_overdue(facts)]


def _statuses(tally):
    rows = [(IN_A_SENTENCE[name], count) for name, count in tally.statuses.items() if count]
    if len(rows) == 1:
        which = "Rencana aksi" if tally.renaksi == 1 else "Seluruh rencana aksi"
        yield f"{which} tersebut {rows[0][0]}."
    elif rows:
        counts = listed([f"{counted(count)} {words}" for words, count in rows])
        yield f"Dari seluruh rencana aksi tersebut, {counts}."


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
    yield f"Unit penanggung jawab menyatakan {which} sudah ditindaklanjuti; {then}."
    if 0 < tally.claimed_recommendations < tally.recommendations:
        yield _whole_recommendations(tally)


def _some_cannot(tally):
    return tally.countable < tally.renaksi


def _whole_recommendations(tally):
    return (
        "Rekomendasi yang seluruh rencana aksinya dinyatakan sudah ditindaklanjuti berjumlah "
        f"{counted(tally.claimed_recommendations)} dari {counted(tally.recommendations)}"
        + (
            f", dan yang seluruhnya telah diverifikasi {counted(tally.verified_recommendations)}."
            if tally.verified_recommendations
            else "; belum ada yang seluruhnya telah diverifikasi."
        )
    )


def _overdue(facts):
    if facts.tally.overdue:
        late = counted(facts.tally.overdue)
        yield f"Per {format_date(facts.on)}, {late} rencana aksi telah melewati batas waktunya."
