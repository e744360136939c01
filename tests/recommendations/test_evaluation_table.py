"""An LHE entered like a table: what is made, what is refused at its cell, and what others did meanwhile."""

from datetime import date

import pytest
from django.urls import reverse

from recommendations.models import Notice, Recommendation, Renaksi
from recommendations.rules.evaluation_table import POSTED
from sakip.history.entries import HistoryEntry
from sakip.models import Post
from tests import factories


def url(evaluation):
    return reverse("recommendations:evaluation-table", args=[evaluation.pk])


def row(kind, text="", **cells):
    return dict.fromkeys(POSTED, "") | {"kind": kind, "text": text} | cells


def head(text="Menyusun pohon kinerja", **cells):
    return row("rekomendasi", text, **cells)


def point(text, **cells):
    return row("butir", text, **cells)


def renaksi_row(text="Rapat", units="Biro Organisasi", **cells):
    return row("renaksi", text, units=units, **cells)


def sent(page, rows, **more):
    """What a browser sends: each field as often as there are lines."""
    token = str(page.context["form"].batch)
    return {name: [one[name] for one in rows] for name in POSTED} | {"token": token} | more


def shown(page):
    return [{name: getattr(line, name) for name in POSTED} for line in page.context["form"].lines]


@pytest.fixture
def opened(signed_in, cast, evaluation):
    client = signed_in(cast.kadir)

    def post(rows, page=None, **more):
        page = page or client.get(url(evaluation))
        return client.post(url(evaluation), sent(page, rows, **more))

    post.get = lambda: client.get(url(evaluation))
    return post


def errors(page):
    return {
        (line.index, cell): sentences
        for line in page.context["form"].lines
        for cell, sentences in line.errors.items()
    }


# ── Made ────────────────────────────────────────────────────────────────────────────────────────
def test_a_whole_lhe_is_made_at_once(opened, cast, units, evaluation):
    rows = [
        head(component="Perencanaan Kinerja"),
        point("Cascading _logis_"),
        point("Target terukur"),
        renaksi_row(
            number="b", units="Biro Organisasi; Biro Umum", person="Rina", due_date="31 Des 2026"
        ),
        renaksi_row("Surat edaran"),
        row("renaksi"),
        head("Kedua"),
        row("rekomendasi"),
    ]
    answer = opened(rows)
    assert answer.url == evaluation.get_absolute_url()
    first, second = Recommendation.objects.order_by("number")
    assert (first.number, first.text, str(first.component)) == (
        1, "<p>Menyusun pohon kinerja</p>", "Perencanaan Kinerja",
    )  # fmt: skip
    assert [one.text for one in first.points.all()] == [
        "<p>Cascading <em>logis</em></p>", "<p>Target terukur</p>",
    ]  # fmt: skip
    one, other = first.renaksi.order_by("position")
    assert (one.plan, one.point, one.lead_unit, one.person) == (
        "<p>Rapat</p>", first.points.last(), units.organisasi, cast.rina,
    )  # fmt: skip
    assert (one.due_date, list(one.supporting_units.all())) == (date(2026, 12, 31), [units.umum])
    assert (other.status, other.person, other.due_date, other.point) == ("open", None, None, None)
    assert second.number == 2
    evaluation.refresh_from_db()
    assert evaluation.last_number == 2


def test_each_record_has_its_history_in_one_batch(opened, cast):
    opened([head(), renaksi_row()])
    entries = HistoryEntry.objects.filter(action="create", actor=cast.kadir)
    assert entries.count() == 2
    assert entries.values("batch").distinct().count() == 1


def test_a_unit_that_gets_many_is_told_once(opened, cast):
    opened([head(), *[renaksi_row(f"Rapat {count}") for count in range(12)]])
    [notice] = Notice.objects.filter(person=cast.rina)
    assert "11 lainnya" in notice.text


@pytest.mark.parametrize("number", ["", "1"])
def test_sent_twice_it_is_written_once(opened, client, number):
    page, rows = opened.get(), [head(number=number), renaksi_row()]
    opened(rows, page)
    answer = opened(rows, page)
    assert answer.status_code == 302
    assert "tidak ada yang ditulis dua kali" in client.get(answer.url).text
    assert (Recommendation.objects.count(), Renaksi.objects.count()) == (1, 1)


def test_save_and_add_leads_to_a_new_empty_recommendation(opened, evaluation, client):
    answer = opened([head()], lagi="ya")
    page = client.get(answer.url)
    assert shown(page)[-1] == row("rekomendasi")
    assert "autofocus" in page.text


def test_a_new_one_below_stored_ones_gets_the_next_number(opened, recommendation, evaluation):
    factories.make_recommendation(evaluation)
    page = opened.get()
    opened([*shown(page), head("Baru"), head("Baru lagi")], page)
    assert [one.number for one in Recommendation.objects.order_by("number")] == [1, 2, 3, 4]


def test_numbers_that_are_empty_count_on(opened):
    opened([head(number="4"), head("Tanpa nomor"), head("Lagi", number="9")])
    assert [one.number for one in Recommendation.objects.order_by("number")] == [4, 5, 9]


@pytest.mark.once
# ── Refused at the cell, nothing written ────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([head(""), renaksi_row()], (0, "text"), "Tulis isi rekomendasinya."),
        ([head(), renaksi_row(units="")], (1, "units"), "Tulis unit penanggung jawab."),
        ([head(), renaksi_row(units="Biro Organsasi")], (1, "units"), "Mungkin maksudnya “Biro Organisasi”."),
        ([head(), renaksi_row(units="Dinas Pariwisata")], (1, "units"), "tidak dikenal"),
        ([head(), renaksi_row(person="Umar")], (1, "person"), "Umar dari Biro Umum, yang tidak berperan"),
        ([head(), renaksi_row(person="Tono")], (1, "person"), "tidak dikenal"),
        ([head(), renaksi_row(due_date="12/31/2026")], (1, "due_date"), "mendahulukan bulan"),
        ([head(), renaksi_row(number="a")], (1, "number"), "tidak mempunyai butir"),
        ([head(), point("satu"), renaksi_row(number="c")], (2, "number"), "Tulis a, atau kosongkan"),
        ([head(number="x")], (0, "number"), "angka"),
        ([head(number="3"), head("Dua", number="3")], (1, "number"), "Nomor 3 sudah dipakai."),
        ([head(component="Perencanan Kinerja")], (0, "component"), "Mungkin maksudnya “Perencanaan Kinerja”."),
        ([point("a")], (0, ""), "di bawah sebuah rekomendasi"),
        ([head(units="Biro Umum")], (0, ""), "Rekomendasi tidak mempunyai unit"),
        ([head("Isi\x00")], (0, "text"), "null"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_shown_in_its_cell(opened, rows, cell, words, db):
    factories.make_component()
    page = opened(rows)
    assert page.status_code == 200
    assert words in " ".join(errors(page)[cell])
    assert [one["text"] for one in shown(page)] == [one["text"] for one in rows]
    assert not Recommendation.objects.exists()
    assert page.text.count("is-error")


def test_what_is_wrong_is_listed_with_its_recommendation(opened):
    rows = [head(number="1"), renaksi_row(), head(number="2"), renaksi_row(units="")]
    page = opened(rows).content.decode()
    assert "Rekomendasi 2, rencana aksi a, Unit</a>: Tulis unit penanggung jawab." in page


@pytest.mark.parametrize("text", ["", "  \n \t "])
def test_nothing_pasted_is_told_on_the_page_of_pasting(opened, client, evaluation, text):
    opened.get()
    page = client.post(
        reverse("recommendations:evaluation-paste", args=[evaluation.pk]), {"teks": text}
    )
    assert page.context["form"].errors["teks"] == ["Tempelkan teksnya dahulu."]


def test_a_number_that_was_deleted_is_not_given_again(opened, signed_in, cast, recommendation):
    signed_in(cast.kadir).post(f"/rekomendasi/{recommendation.pk}/hapus/")
    page = opened([head(number="1")])
    assert "pernah dipakai lalu dihapus" in str(errors(page)[0, "number"])
    opened([head()])
    assert Recommendation.objects.get().number == 2


def test_two_units_with_one_name_are_told_apart(opened, units):
    one = factories.make_unit("Bagian Umum", parent=units.organisasi)
    factories.make_unit("Bagian Umum", parent=units.umum)
    page = opened([head(), renaksi_row(units="Bagian Umum")])
    assert "lebih dari satu" in str(errors(page)[1, "units"])
    opened([head(), renaksi_row(units=one.code)])
    assert Renaksi.objects.get().lead_unit == one


def test_units_between_commas_are_read_and_a_comma_in_a_name_too(opened, units):
    long = factories.make_unit("Biro Hukum, Aset", parent=units.setda)
    opened([head(), renaksi_row(units="Biro Umum, Biro Organisasi"), renaksi_row(units=long.name)])
    one, other = Renaksi.objects.order_by("position")
    assert (one.lead_unit, list(one.supporting_units.all())) == (units.umum, [units.organisasi])
    assert other.lead_unit == long


def test_people_with_one_name_are_known_by_the_unit(opened, units):
    factories.make_user("budi1", "operator", units.organisasi, name="Budi")
    other = factories.make_user("budi2", "operator", units.umum, name="Budi")
    opened([head(), renaksi_row(units="Biro Umum", person="Budi")])
    assert Renaksi.objects.get().person == other


def test_a_petugas_counts_where_they_have_a_post(opened, units):
    """Dedi acts in the Dinas now; that is not told to the Sekretariat Daerah."""
    dedi = factories.make_user("dedi", "operator", units.dinas, name="Dedi")
    Post.objects.create(person=dedi, role="operator", unit=units.organisasi)
    page = opened([head(), renaksi_row(units="Biro Umum", person="Dedi")])
    assert "Dedi dari Biro Organisasi, yang tidak berperan" in str(errors(page))
    assert "Dinas Pariwisata" not in page.content.decode()
    opened([head(), renaksi_row(units="Biro Organisasi", person="Dedi")])
    assert Renaksi.objects.get().person == dedi


# ── Stored lines ────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def stored(evaluation, units):
    recommendation = factories.make_recommendation(evaluation)
    for place, text in enumerate(("satu", "dua"), 1):
        recommendation.points.create(position=place, text=f"<p>{text}</p>")
    for place, plan in enumerate(("Rapat", "Surat", "Buku"), 1):
        factories.make_renaksi(
            recommendation, units.organisasi, position=place, plan=f"<p>{plan}</p>",
            point=recommendation.points.first(), follow_up="",
        )  # fmt: skip
    return recommendation


def plans(recommendation):
    return [one.plan for one in recommendation.renaksi.order_by("position")]


def test_nothing_changed_writes_nothing(opened, stored):
    page = opened.get()
    before = HistoryEntry.objects.count()
    assert opened(shown(page), page).status_code == 302
    assert HistoryEntry.objects.count() == before


def test_italics_stay_when_another_cell_changes(opened, stored, units):
    page = opened.get()
    rows = shown(page)
    assert rows[0]["text"] == "Target supaya _achievable_."
    rows[0]["component"] = ""
    rows[3]["units"] = "Biro Umum"
    opened(rows, page)
    stored.refresh_from_db()
    assert (stored.text, stored.component) == ("<p>Target supaya <em>achievable</em>.</p>", None)
    first = stored.renaksi.get(position=1)
    assert (first.lead_unit, first.point) == (units.umum, stored.points.first())


def test_renaksi_change_places_with_history(opened, stored):
    page = opened.get()
    rows = shown(page)
    rows[3], rows[5] = rows[5], rows[3]
    opened(rows, page)
    assert plans(stored) == ["<p>Buku</p>", "<p>Surat</p>", "<p>Rapat</p>"]
    entry = HistoryEntry.objects.about(stored.renaksi.get(position=1)).get()
    assert ["Urutan", "c", "a"] in entry.in_words


def test_a_new_one_goes_between(opened, stored):
    page = opened.get()
    rows = shown(page)
    opened([*rows[:4], renaksi_row("Di antara"), *rows[4:]], page)
    assert plans(stored) == ["<p>Rapat</p>", "<p>Di antara</p>", "<p>Surat</p>", "<p>Buku</p>"]


def test_points_change_places_and_renaksi_keep_theirs(opened, stored):
    page = opened.get()
    first = stored.points.first()
    moved = opened(shown(page), page, turun="1")
    rows = shown(moved)
    assert [one["text"] for one in rows[1:3]] == ["dua", "satu"]
    assert [one["number"] for one in rows[3:]] == ["b", "b", "b"]
    opened(rows, moved)
    assert stored.points.last() == first
    assert {one.point for one in stored.renaksi.all()} == {first}


def test_a_removed_point_is_marked_where_it_was_answered(opened, stored):
    page = opened.get()
    gone = opened(shown(page), page, buang="1")
    rows = shown(gone)
    assert [one["number"] for one in rows[2:]] == ["a (dihapus)"] * 3
    assert "tidak ada" in str(errors(opened(rows, gone)))
    for one in rows[2:]:
        one["number"] = "a"
    answer = opened(rows, gone)
    assert answer.status_code == 302, errors(answer)
    assert [one.text for one in stored.points.all()] == ["<p>dua</p>"]
    assert {one.point for one in stored.renaksi.all()} == {stored.points.get()}


@pytest.mark.parametrize("status", ["submitted", "done"])
def test_a_locked_renaksi_stays_as_it_is(opened, stored, status):
    Renaksi.objects.filter(position=2).update(status=status)
    page = opened.get()
    assert "Terkunci" in page.text
    rows = shown(page)
    rows[4]["text"] = "Lain"
    answer = opened(rows, page)
    assert answer.status_code == 200
    assert "Baris yang terkunci tidak dapat diubah" in str(errors(answer)[4, ""])
    assert plans(stored)[1] == "<p>Surat</p>"
    rows[4]["text"] = "Surat"
    answer = opened([*rows[:3], renaksi_row("Di atas"), *rows[3:]], page)
    assert "hurufnya tetap" in str(errors(answer))
    assert stored.renaksi.count() == 3
    assert opened([*rows, renaksi_row("Di bawah")], page).status_code == 302


def test_a_renaksi_cannot_be_carried_to_another_recommendation(opened, stored):
    page = opened.get()
    rows = shown(page)
    answer = opened([*rows[:4], head("Baru"), *rows[4:]], page)
    assert "bagian dari rekomendasi lain" in str(errors(answer)[5, ""])


# ── Two people ──────────────────────────────────────────────────────────────────────────────────
def test_lines_that_nobody_touched_here_keep_what_others_saved(opened, stored):
    page = opened.get()
    Renaksi.objects.filter(position=1).update(plan="<p>Orang lain</p>")
    rows = shown(page)
    rows[4]["text"] = "Surat saya"
    assert opened(rows, page).status_code == 302
    assert plans(stored) == ["<p>Orang lain</p>", "<p>Surat saya</p>", "<p>Buku</p>"]


def test_the_same_line_changed_by_both_is_a_conflict(opened, stored):
    page = opened.get()
    Renaksi.objects.filter(position=1).update(plan="<p>Orang lain</p>")
    rows = shown(page)
    rows[3]["text"], rows[4]["text"] = "Rapat saya", "Surat saya"
    answer = opened(rows, page)
    assert answer.status_code == 409
    assert "Orang lain" in str(errors(answer)[3, ""])
    assert plans(stored)[1] == "<p>Surat</p>"
    assert opened(shown(answer), answer).status_code == 302
    assert plans(stored)[:2] == ["<p>Rapat saya</p>", "<p>Surat saya</p>"]


def test_a_line_deleted_by_somebody_else_comes_back_only_when_saved_again(opened, stored):
    page = opened.get()
    stored.renaksi.get(position=3).delete()
    rows = shown(page)
    assert opened(rows, page).status_code == 302
    assert stored.renaksi.count() == 2
    rows[5]["text"] = "Buku saya"
    answer = opened(rows, opened.get())
    assert answer.status_code == 409
    assert "sudah menghapus" in str(errors(answer)[5, ""])
    assert opened(shown(answer), answer).status_code == 302
    assert plans(stored)[2] == "<p>Buku saya</p>"


def test_a_recommendation_deleted_by_somebody_else(opened, signed_in, cast, recommendation):
    page = opened.get()
    rows = [*shown(page), renaksi_row()]
    recommendation.delete()
    answer = opened(rows, page)
    assert answer.status_code == 409
    assert opened(shown(answer), answer).status_code == 302
    assert Recommendation.objects.get().number == 2


def test_two_people_who_add_both_keep_theirs(opened, stored, units):
    page = opened.get()
    factories.make_renaksi(stored, units.umum, position=4, plan="<p>Mereka</p>")
    opened([*shown(page), renaksi_row("Saya")], page)
    assert plans(stored)[3:] == ["<p>Mereka</p>", "<p>Saya</p>"]


@pytest.mark.once
# ── Without scripts, and the limits ─────────────────────────────────────────────────────────────
def test_buttons_work_without_scripts_and_save_nothing(opened):
    rows = [head("Satu", number="1"), head("Dua", number="2")]
    page = opened(rows, tambah="renaksi:0")
    assert [one["kind"] for one in shown(page)] == ["rekomendasi", "renaksi", "rekomendasi"]
    page = opened(shown(page), turun="0")
    assert [one["text"] for one in shown(page)] == ["Dua", "Satu", ""]
    page = opened(shown(page), naik="1")
    assert [one["text"] for one in shown(page)] == ["Satu", "", "Dua"]
    page = opened(shown(page), buang="0")
    assert [one["text"] for one in shown(page)] == ["Dua"]
    page = opened(shown(page), tambah="rekomendasi:0")
    assert [one["kind"] for one in shown(page)] == ["rekomendasi"] * 2
    assert not Recommendation.objects.exists()


def test_a_page_that_is_not_whole_is_refused(opened, client, evaluation):
    page = opened.get()
    data = sent(page, [head(), renaksi_row()])
    ragged = data | {"units": data["units"][:1]}
    for broken in (ragged, data | {"token": "x"}, {}):
        assert "sudah usang" in client.post(url(evaluation), broken).text
    assert not Recommendation.objects.exists()


@pytest.mark.once
def test_too_many_lines_are_refused_in_words_and_kept(opened):
    answer = opened([head(f"Nomor {count}") for count in range(1_501)])
    assert "lebih dari 1500 baris" in answer.text
    assert len(shown(answer)) == 1_501
    assert not Recommendation.objects.exists()


def test_forty_recommendations_with_ten_renaksi_are_saved(opened):
    rows = []
    for count in range(40):
        rows += [
            head(f"Rekomendasi ke-{count}"),
            *[renaksi_row(f"Langkah {step}") for step in range(10)],
            row("renaksi"),
        ]
    assert opened(rows).status_code == 302
    assert (Recommendation.objects.count(), Renaksi.objects.count()) == (40, 400)


def test_the_page_takes_as_many_queries_for_many_lines(
    queries_of, signed_in, cast, evaluation, units
):
    signed_in(cast.kadir)
    for _ in range(2):
        factories.make_renaksi(factories.make_recommendation(evaluation), units.organisasi)
    few = queries_of(url(evaluation))
    for _ in range(10):
        recommendation = factories.make_recommendation(evaluation)
        recommendation.points.create(position=1, text="<p>satu</p>")
        for _ in range(5):
            factories.make_renaksi(
                recommendation, units.organisasi, supporting=[units.umum], person=cast.rina,
                point=recommendation.points.get(),
            )  # fmt: skip
    assert queries_of(url(evaluation)) <= few
