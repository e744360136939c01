"""The fixtures on their way into an empty database, from the command line too."""

import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports.seed.source import load_source, read
from sakip.models import Unit


def test_a_fault_in_a_fixture_loads_nothing(db, monkeypatch):
    broken = read("source")
    broken["evaluations"][1]["scores"][4]["score"] = -1
    fixtures = {"reference": read("reference"), "source": broken}
    monkeypatch.setattr("reports.seed.source.read", fixtures.__getitem__)
    with pytest.raises(Exception, match="tidak boleh negatif"):
        load_source(at=timezone.now())
    assert not Unit.objects.exists()


def test_command_says_what_it_created(db, capsys):
    call_command("load_source")
    assert "5 rekomendasi" in capsys.readouterr().out
    call_command("load_source")
    assert "tidak ada yang diubah" in capsys.readouterr().out


def test_demo_command_prints_who_can_sign_in(db, capsys):
    call_command("load_demo", "--list")
    assert capsys.readouterr().out == ""
    call_command("load_demo")
    printed = capsys.readouterr().out
    assert re.search(r"operator\.umum +sakip-demo-2023 +Operator +Biro Umum", printed)
