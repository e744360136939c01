"""Imports a workbook with the same code as the page: all of it, or nothing."""

import json
from argparse import ArgumentTypeError
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sakip import commands
from sakip.arguments import whole
from sakip.errors import WrongState
from workbooks.compare.plan import RowOutcome
from workbooks.kinds import KINDS
from workbooks.readers.guard import WorkbookRefused
from workbooks.services import imports
from workbooks.word import services as word

WORD_KINDS = ("recommendations", "renaksi")


class Command(BaseCommand):
    help = "Import a workbook, or the follow-up table of a Word file: all of it, or nothing when a row is refused."

    def add_arguments(self, parser):
        parser.add_argument("kind", choices=sorted(KINDS), metavar="KIND")
        parser.add_argument("file", type=Path, metavar="FILE")
        commands.add_actor(parser, system=False)
        parser.add_argument("--dry-run", action="store_true", help="compare only, write nothing")
        parser.add_argument(
            "--evaluation",
            metavar="ID",
            help="the LHE of a Word file that does not tell its year",
        )
        parser.add_argument(
            "--keep-claims",
            action="store_true",
            help="“Sudah” in a Word file becomes the claim of the unit: sent for review, without evidence",
        )
        parser.add_argument(
            "--read-as",
            action="append",
            default=[],
            type=_name,
            metavar="FOUND=KNOWN",
            help="a renamed sheet (“Renaksi lama=Rencana aksi”) or heading (“Renaksi lama!Uraian=Tindak lanjut”); "
            "- after = leaves it out; may be repeated",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(
        self, *, kind, file, username, dry_run, format, evaluation, keep_claims, read_as, **options
    ):
        actor, now = commands.actor(username=username), timezone.now()
        is_word, evaluation = file.suffix.lower() == ".docx", whole("--evaluation", evaluation)
        if evaluation is not None and not is_word:
            raise CommandError(
                "--evaluation hanya untuk berkas Word; buku kerja menyebut LHE-nya sendiri."
            )
        if keep_claims and not is_word:
            raise CommandError("--keep-claims hanya untuk berkas Word.")
        with _told(file), file.open("rb") as content:
            upload = File(content, file.name)
            if is_word:
                run = _start_word(kind, upload, actor, now, evaluation, keep_claims)
            else:
                run = imports.start(kind=kind, upload=upload, actor=actor, at=now)
            plan = _answered(run, imports.preview(run), dict(read_as))
        refused = bool(plan.errors or plan.conflicts or plan.questions)
        if dry_run or refused:
            imports.cancel(run, at=now)
        else:
            _carry_out(run, now)
        self._report(plan, format, nothing=refused and not dry_run)
        if reason := _failure(plan, refused=refused):
            raise CommandError(reason)

    def _report(self, plan, format, *, nothing):
        found = {
            "created": 0 if nothing else plan.count(RowOutcome.NEW),
            "updated": 0 if nothing else plan.count(RowOutcome.CHANGED),
            "unchanged": plan.count(RowOutcome.UNCHANGED),
            "errors": [problem.as_json() for problem in plan.errors]
            + [_conflict(*conflict) for conflict in plan.conflicts],
            "warnings": [
                problem.as_json() | {"left_out": problem.is_loss} for problem in plan.warnings
            ],
            "questions": [question.as_json() for question in plan.questions],
        }
        if format == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
            return
        for question in plan.questions:
            self.stdout.write(f"Pertanyaan: {_asked(question)}")
        for error in found["errors"]:
            self.stdout.write(f"Salah: {_placed(error)}")
        for warning in found["warnings"]:
            self.stdout.write(f"Peringatan: {_placed(warning)}")
        self.stdout.write(
            f"{found['created']} baru, {found['updated']} berubah, {found['unchanged']} tetap, "
            f"{len(found['errors'])} kesalahan, {len(found['warnings'])} peringatan."
        )


def _failure(plan, *, refused):
    """Why the command ends with 1 after its report; empty when everything was read and written."""
    if plan.questions:
        return (
            "Ada lembar atau judul kolom yang tidak dikenal, jadi tidak ada yang ditulis. "
            "Jawab dengan --read-as, atau lewat halaman Impor."
        )
    if refused:
        return "Ada yang ditolak, jadi tidak ada yang ditulis."
    if plan.losses:
        return f"{len(plan.losses)} hal dari berkas ini tidak ikut; lihat peringatannya di atas."
    return ""


def _placed(problem):
    place = f"{problem['sheet']} {problem['cell']}".strip()
    return f"{place}: {problem['message']}" if place else problem["message"]


def _asked(question):
    answer = question.proposed or question.options[0]
    return f'{question.message} Tambahkan --read-as "{question.key}={answer}", atau --read-as "{question.key}=-" untuk melewatinya.'


def _name(text):
    """An answer and the key of its question."""
    found, equals, known = text.rpartition("=")
    if not equals:
        raise ArgumentTypeError(
            f"“{text}” tidak memuat “=”. Tulis misalnya “Lembar lama=Indikator”."
        )
    return found.strip(), known.strip()


def _answered(run, plan, names):
    """The plan with these answers. A sheet is answered before its headings are asked about.

    Raises CommandError, and ends the import, when an answer fits no question.
    """
    while names:
        fitting = [
            question
            for question in plan.questions
            if names.get(question.key) in (imports.NOTHING, *question.options)
        ]
        if not fitting:
            imports.cancel(run, at=timezone.now())
            found, known = next(iter(names.items()))
            raise CommandError(
                f"--read-as “{found}={known}” tidak menjawab pertanyaan apa pun. Jalankan dahulu tanpa pilihan itu."
            )
        answers = {question.key: names.pop(question.key) for question in fitting}
        plan = imports.choose(run, {}, answers)
    return plan


@contextmanager
def _told(file):
    """Every refusal as one sentence."""
    try:
        yield
    except OSError as error:
        raise CommandError(f"{file} tidak dapat dibaca: {error.strerror}.") from error
    except word.WhichEvaluation as error:
        numbers = [f"--evaluation {one.pk} untuk {one}" for one in error.evaluations]
        raise CommandError(f"{error} Tulis {', atau '.join(numbers)}.") from error
    except (WorkbookRefused, PermissionDenied) as error:
        raise CommandError(str(error)) from error


def _carry_out(run, at):
    try:
        imports.carry_out(run, at=at)
    except WrongState as reason:
        imports.cancel(run, at=at)
        raise CommandError(f"{reason} Tidak ada yang ditulis; jalankan lagi.") from reason


def _start_word(kind, upload, actor, at, evaluation, keep_claims):
    if kind not in WORD_KINDS:
        raise CommandError(f"Berkas Word hanya untuk {' dan '.join(WORD_KINDS)}.")
    found = evaluation and word.editable(actor).filter(pk=evaluation).first()
    if evaluation is not None and not found:
        raise CommandError(f"Tidak ada LHE dengan nomor {evaluation} yang boleh Anda ubah.")
    return word.start(upload=upload, evaluation=found, actor=actor, at=at, keeps_claims=keep_claims)


def _conflict(sheet, row, change):
    message = f"Diubah di sini (“{change.before}”) dan juga di buku kerja. Pilih nilainya lewat halaman Impor."
    return {
        "sheet": sheet.name,
        "cell": change.cell,
        "column": change.column.label,
        "value": change.after,
        "message": message,
    }
