"""How far a long document is, in words and as a share, and how long it will still take."""

from dataclasses import dataclass

from reports.models import ReportJob
from reports.typesetting.stages import Stage

# Where each stage begins and ends, in percent of the time that a dossier of a hundred pages takes.
SHARES = {
    Stage.READ: (0, 2),
    Stage.FILES: (2, 12),
    Stage.FORM: (12, 22),
    Stage.PAGES: (22, 80),
    Stage.NUMBERS: (80, 86),
    Stage.WRITE: (86, 95),
    Stage.BIND: (95, 99),
}
WORDS = {
    Stage.READ: "Membaca data",
    Stage.FILES: "Memeriksa berkas bukti",
    Stage.FORM: "Menyusun bab",
    Stage.PAGES: "Menata halaman",
    Stage.NUMBERS: "Mengisi nomor halaman",
    Stage.WRITE: "Menulis berkas",
    Stage.BIND: "Memasukkan halaman bukti",
}
COUNTED = {
    Stage.FILES: "Berkas bukti {done} dari {total}",
    Stage.PAGES: "Halaman {done} dari ± {total}",
    Stage.WRITE: "Menulis bagian {done} dari {total}",
    Stage.BIND: "Memasukkan berkas {done} dari {total}",
}
MIN_SHARE = 10  # percent; before, and in the first seconds, a guess would jump about
MIN_SECONDS = 3


@dataclass(frozen=True)
class JobProgress:
    """`percent` stays below 100 until the work is finished. `words` say what is done now and what remains."""

    percent: int
    words: str


def progress_of(job: ReportJob) -> JobProgress:
    if job.state != ReportJob.State.RUNNING:
        return JobProgress(0, job.get_state_display())
    stage = Stage(job.stage) if job.stage else Stage.READ
    percent = percent_of(stage, job.done, job.total)
    counted = COUNTED.get(stage) if job.total else None
    said = counted.format(done=job.done, total=job.total) if counted else WORDS[stage]
    # While boxes are built nothing is counted, so the guess would only grow.
    remains = "" if stage == Stage.FORM else remaining(percent, _seconds(job))
    return JobProgress(percent, f"{said}, tersisa {remains}" if remains else said)


def percent_of(stage: Stage, done: int, total: int) -> int:
    start, end = SHARES[stage]
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
