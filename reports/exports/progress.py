"""How far a long document is, in words and as a share, and how long it will still take."""

from dataclasses import dataclass

from reports.models import ReportJob
from reports.typesetting.steps import Step

# Where each step begins and ends, in percent of the time that a dossier of a hundred pages takes.
SHARES = {
    Step.READ: (0, 2),
    Step.FILES: (2, 12),
    Step.FORM: (12, 22),
    Step.PAGES: (22, 80),
    Step.NUMBERS: (80, 86),
    Step.WRITE: (86, 95),
    Step.BIND: (95, 99),
}
WORDS = {
    Step.READ: "Membaca data",
    Step.FILES: "Memeriksa berkas bukti",
    Step.FORM: "Menyusun bab",
    Step.PAGES: "Menata halaman",
    Step.NUMBERS: "Mengisi nomor halaman",
    Step.WRITE: "Menulis berkas",
    Step.BIND: "Memasukkan halaman bukti",
}
COUNTED = {
    Step.FILES: "Berkas bukti {done} dari {total}",
    Step.PAGES: "Halaman {done} dari ± {total}",
    Step.WRITE: "Menulis bagian {done} dari {total}",
    Step.BIND: "Memasukkan berkas {done} dari {total}",
}
MIN_SHARE = 10  # percent; before, and in the first seconds, a guess would jump about
MIN_SECONDS = 3


@dataclass(frozen=True)
class Progress:
    """`percent` stays below 100 until the work is finished. `words` say what is done now and what remains."""

    percent: int
    words: str


def progress_of(job: ReportJob) -> Progress:
    if job.state != ReportJob.State.RUNNING:
        return Progress(0, job.get_state_display())
    step = Step(job.step) if job.step else Step.READ
    percent = percent_of(step, job.done, job.total)
    counted = COUNTED.get(step) if job.total else None
    said = counted.format(done=job.done, total=job.total) if counted else WORDS[step]
    remains = remaining(percent, _seconds(job))
    return Progress(percent, f"{said}, tersisa {remains}" if remains else said)


def percent_of(step: Step, done: int, total: int) -> int:
    start, end = SHARES[step]
    return start + (end - start) * min(done, total) // total if total else start


def remaining(percent: int, seconds: float) -> str:
    """Returns the rest of the time, judged by the time until now; empty when it is too early to say."""
    if percent < MIN_SHARE or seconds < MIN_SECONDS:
        return ""
    left = seconds * (100 - percent) / percent
    if left < 8:
        return "beberapa detik"
    if left < 90:
        return f"± {round(left / 10) * 10} detik"
    return f"± {round(left / 60)} menit"


def _seconds(job) -> float:
    if job.started_at is None or job.beat_at is None:
        return 0
    return (job.beat_at - job.started_at).total_seconds()
