"""What is typed behind an option is read or refused in words; nothing is taken for “not given”."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from recommendations.models import DailyCount, Notice
from sakip.arguments import day, whole


@pytest.mark.parametrize(("text", "number"), [("7", 7), (" 12 ", 12), (3, 3), (None, None)])
def test_a_whole_number_is_read(text, number):
    assert whole("--evaluation", text) == number


@pytest.mark.parametrize("text", ["0", 0, "-1", "", "tujuh", "1.5", "1_000", "9" * 30, "２"])
def test_what_is_no_number_of_a_record_is_refused(text):
    with pytest.raises(
        CommandError, match="--evaluation: tulis bilangan bulat mulai dari 1, bukan"
    ):
        whole("--evaluation", text)


def test_a_span_is_told():
    with pytest.raises(CommandError, match="--year: tulis bilangan bulat dari 2000 sampai 2100"):
        whole("--year", "0", low=2000, high=2100)


def test_a_day_is_read_as_everywhere_else():
    assert day("--today", "31 Desember 2026") == day("--today", "2026-12-31") == date(2026, 12, 31)
    assert day("--today", None) is None


REFUSED = [
    (["export_report", "follow-up-table", "--format=csv", "--output=x", "--as-system", "--evaluation=0"], "--evaluation"),
    (["export_report", "follow-up-table", "--format=csv", "--output=x", "--as-system", "--year=0"], "--year"),
    (["export_report", "telaah-staf", "--format=pdf", "--output=x", "--as-system", "--document=0"], "--document"),
    (["export_report", "matrix", "--format=pdf", "--output=x", "--as-system", "--document=1"], "--document"),
    (["check_consistency", "--as-system", "--evaluation=0"], "--evaluation"),
    (["check_consistency", "--as-system", "--evaluation="], "--evaluation"),
    (["import_workbook", "renaksi", "x.docx", "--as=kadir", "--evaluation=dua"], "--evaluation"),
    (["import_workbook", "renaksi", "x.xlsx", "--as=kadir", "--evaluation=2"], "--evaluation"),
    (["send_reminders", "--today="], "--today"),
    (["send_reminders", "--today=13/31/2026"], "--today"),
    (["count_day", "--backfill=0"], "--backfill"),
    (["count_day", "--backfill=-3"], "--backfill"),
    (["count_day", "--backfill=999999"], "--backfill"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "option"), REFUSED)
def test_every_command_refuses_in_words_and_does_nothing(command, option, renaksi, cast):
    with pytest.raises(CommandError, match=f"^{option}") as refusal:
        call_command(*command)
    assert str(refusal.value).endswith(".")
    assert not DailyCount.objects.exists() and not Notice.objects.exists()
