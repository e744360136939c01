"""What is wrong in a field is said with the name of the field, in every form of the program."""

from copy import deepcopy

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name
from django.template.loader import render_to_string
from django.urls import reverse

from recommendations.models import Evaluation
from sakip.field_errors import OLD_PAGE, in_sentence, name_field
from sakip.forms.fields import IndonesianDateField, IndonesianDecimalField, UploadField
from sakip.models import Unit, User
from sakip.text_fields import EmailFormField, LineFormField, URLFormField
from tests.sakip.test_text_fields import our_forms

# They say in words of their own what the label asks.
OWN_WORDS = {
    "DismissForm.reason": "Tulis mengapa temuan ini boleh diabaikan.",
    "DismissTogetherForm.reason": "Tulis mengapa temuan ini boleh diabaikan.",
    "TransitionForm.without_evidence": "Tidak ada bukti dukung. Centang bila tetap diterima.",
}


def required_fields():
    for form in sorted(our_forms(), key=lambda one: f"{one.__module__}.{one.__name__}"):
        for name, field in form.base_fields.items():
            if field.required and not field.widget.is_hidden:
                yield f"{form.__name__}.{name}", name, field


def message_of(name, field):
    named = deepcopy(field)
    name_field(named, pretty_name(name) if field.label is None else field.label)
    return str(named.error_messages["required"])


def test_every_required_field_says_what_to_do_with_its_own_name():
    found = {
        where: said
        for where, name, field in required_fields()
        if in_sentence(field.label or pretty_name(name)).lower()
        not in (said := message_of(name, field)).lower()
    }
    assert found == OWN_WORDS


def test_every_field_that_must_be_filled_in_has_a_label():
    assert [where for where, _, field in required_fields() if field.label == ""] == []


class Everything(forms.Form):
    unit = forms.ChoiceField(label="Perangkat daerah", choices=[("a", "A")])
    units = forms.MultipleChoiceField(label="Unit pendukung", choices=[("a", "A")])
    number = LineFormField(label="Nomor LHE", max_length=5)
    nip = LineFormField(label="NIP")
    proof = UploadField(label="Berkas bukti")
    sure = forms.BooleanField(label="Saya sudah memeriksa")
    share = IndonesianDecimalField(label="Bobot (%)", min_value=0)
    day = IndonesianDateField(label="Batas waktu")
    year = forms.IntegerField(label="Tahun kinerja", min_value=2000, max_value=2100)
    mail = EmailFormField(label="Alamat surel")
    link = URLFormField(label="Tautan", assume_scheme="https")
    seen = LineFormField(widget=forms.HiddenInput)


def test_the_verb_fits_the_widget():
    assert {name: said[0] for name, said in Everything({}).errors.items()} == {
        "unit": "Pilih perangkat daerah.",
        "units": "Pilih sedikitnya satu unit pendukung.",
        "number": "Isi nomor LHE.",
        "nip": "Isi NIP.",
        "proof": "Unggah berkas bukti.",
        "sure": "Centang “Saya sudah memeriksa”.",
        "share": "Isi bobot (persen).",
        "day": "Isi batas waktu.",
        "year": "Isi tahun kinerja.",
        "mail": "Isi alamat surel.",
        "link": "Isi tautan.",
        "seen": OLD_PAGE,
    }


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("unit", "z", "Pilihan ini tidak ada. Pilih perangkat daerah yang lain."),
        ("units", "z", "Pilihan ini tidak ada. Pilih unit pendukung yang lain."),
        ("number", "123456", "Nomor LHE terlalu panjang. Tulis paling banyak 5 huruf."),
        ("year", "x", "Isi tahun kinerja dengan angka bulat, misalnya 3."),
        ("year", "1999", "Tahun kinerja paling kecil 2000."),
        ("year", "2101", "Tahun kinerja paling besar 2100."),
        ("mail", "rina", "Isi alamat surel dengan alamat lengkap, misalnya nama@contoh.go.id."),
        ("link", "x y", "Isi tautan dengan alamat lengkap, misalnya https://contoh.go.id/berkas."),
        ("link", "ftp://x.go.id", "Isi tautan dengan alamat lengkap, misalnya https://contoh.go.id/berkas."),
        ("share", "x", "“x” bukan angka yang dikenal. Tulis misalnya 87,5 atau 1.234,56."),
        ("day", "x", "“x” bukan tanggal yang dikenal. Tulis misalnya 31/12/2026 atau 31 Desember 2026."),
    ],
)  # fmt: skip
def test_wrong_values_are_named_too(name, typed, said):
    assert Everything({name: typed}).errors[name] == [said]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Isi rekomendasi", "Tulis isi rekomendasi."),
        ("Kepada", "Isi “Kepada”."),
        ("Berlaku sejak", "Isi “Berlaku sejak”."),
        ("Nama (seperti tercetak):", "Isi nama (seperti tercetak)."),
        ("LHE lama", "Isi LHE lama."),
        ("Telaah Staf", "Isi Telaah Staf."),
    ],
)
def test_the_label_stands_in_the_sentence_as_one_writes(label, said):
    class Form(forms.Form):
        field = LineFormField(label=label)

    assert Form({}).errors["field"] == [said]


def test_messages_of_a_field_itself_stay():
    class Form(forms.Form):
        name = LineFormField(label="Nama", error_messages={"required": "Tulis siapa Anda."})

    assert Form({}).errors["name"] == ["Tulis siapa Anda."]


def test_a_field_of_another_form_keeps_its_own_name():
    class One(forms.Form):
        name = LineFormField(label="Nama unit")

    class Other(One):
        def __init__(self, *args):
            super().__init__(*args)
            self.fields["name"].label = "Nama pejabat"

    assert One({}).errors["name"] == ["Isi nama unit."]
    assert Other({}).errors["name"] == ["Isi nama pejabat."]
    assert One({}).errors["name"] == ["Isi nama unit."]


def test_rows_of_a_formset_are_counted_in_the_list_of_errors():
    rows = forms.formset_factory(Everything, extra=0)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-1-unit": "a"}
    page = render_to_string("components/_error_summary.html", {"formset": rows(data)})
    assert '<a href="#id_form-0-unit">Pilih perangkat daerah.</a>' in page
    assert page.count("Pilih perangkat daerah.") == 1
    assert "Baris 1: <a" in " ".join(page.split()) and "Baris 2: <a" in " ".join(page.split())


def test_a_sentence_without_the_name_gets_it_in_the_list_of_errors():
    page = render_to_string("components/_error_summary.html", {"form": Everything({"day": "x"})})
    assert '<a href="#id_day">Batas waktu: “x” bukan tanggal' in page


# ── Records without a form ──────────────────────────────────────────────────────────────────────
def test_a_record_names_its_fields(db):
    with pytest.raises(ValidationError) as caught:
        Evaluation().full_clean()
    assert caught.value.message_dict["unit"] == ["Pilih perangkat daerah."]
    with pytest.raises(ValidationError) as caught:
        Unit(kind="x").full_clean()
    said = caught.value.message_dict
    assert said["name"] == ["Isi nama."]
    assert said["kind"] == ["Pilihan ini tidak ada. Pilih jenis yang lain."]


def test_no_message_of_a_model_speaks_of_a_bidang():
    codes = ("null", "blank", "unique", "invalid_choice")
    said = {
        str(field.error_messages.get(code, ""))
        for model in apps.get_models()
        for field in model._meta.fields
        for code in codes
    }
    assert not [one for one in said if "Bidang ini" in one or "This field" in one]
    assert Unit._meta.get_field("code").error_messages["unique"].endswith("Tulis yang lain.")
    assert "Nama pengguna" in str(User._meta.get_field("username").error_messages["unique"])


# ── Pages ───────────────────────────────────────────────────────────────────────────────────────
def test_the_sign_in_page_names_what_is_missing(client, db):
    page = client.post(reverse("account_login"), {}).text
    assert "<title>Kesalahan: " in page
    assert "Isi nama pengguna." in page and "Isi kata sandi." in page


def test_the_admin_site_names_what_is_missing(client, db):
    client.force_login(User.objects.create_superuser("admin", password="x"))  # noqa: S106
    page = client.post(reverse("admin:sakip_user_add"), {"read_version": 0}).text
    assert "Isi nama pengguna." in page and "Bidang ini" not in page
