"""Any one printed value that changes is told, and nothing else."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from reports.tables.charts import Chart, ChartKind, Point, Series
from reports.tables.frozen import freeze, thaw
from reports.tables.table import (
    Cell,
    CellKind,
    Column,
    Facts,
    Figure,
    PrintedLetterhead,
    Prose,
    Record,
    Report,
    Table,
    data_uri,
)
from reports.verification import changes, snapshot

text = st.sampled_from(["Nilai", "Baik", "10", "Sama", "-", "Jumlah", "Ada < 5"])
keys = st.integers(1, 9).map(str)


def a_list(items, least=1):
    return st.lists(items, min_size=least, max_size=3)


# What a paper says, in lists and texts; every text is printed. A row is (key, its texts).
rows = st.lists(
    st.tuples(keys, st.tuples(text, text, text).map(list)), max_size=3, unique_by=lambda row: row[0]
)
head = {"title": text, "notes": a_list(text, 0)}
columns = st.tuples(text, text, text).map(list)
table = st.fixed_dictionaries(
    head | {"labels": columns, "rows": rows, "subtitle": text, "total": text}
)
records = st.fixed_dictionaries(head | {"rows": rows})
prose = st.fixed_dictionaries(
    {"heading": text, "html": text, "photos": a_list(st.tuples(keys, text), 0)}
)
facts = st.fixed_dictionaries({"values": a_list(text)})
chart = st.fixed_dictionaries({"title": text, "points": a_list(text)})
sections = a_list(
    st.one_of(
        st.tuples(st.just(name), found)
        for name, found in (
            ("table", table), ("thawed", table), ("records", records), ("thawed_records", records),
            ("prose", prose), ("facts", facts), ("chart", chart),
        )
    )
)  # fmt: skip
paper = st.fixed_dictionaries(
    {"sections": sections, "title": text, "subtitle": text, "body": text, "logo": text}
)


def cell(value):
    return Cell(value=f"<p>{value.replace('<', '&lt;')}</p>", kind=CellKind.RICH)


def a_table(said, key):
    return Table(
        key=key,
        title=said["title"],
        subtitle=said["subtitle"],
        columns=[
            Column("No.", lambda row: row[0], CellKind.ORDINAL),
            *(Column(label, lambda row, at=at: row[1][1][at]) for at, label in enumerate(said["labels"])),
        ],
        rows=list(enumerate(said["rows"], start=1)),
        row_key=lambda row: row[1][0],
        footer_rows=[[Cell(value="Total", span=3), said["total"]]],
        notes=said["notes"][:1],
        warnings=said["notes"][1:],
    )  # fmt: skip


def a_table_of_records(said, key):
    def told(row):
        key, (first, second, third) = row
        yield Record(f"{key}/a", "Rekomendasi", [("Isi", cell(first)), ("Isi", second)])
        yield Record(f"{key}/b", "Rencana", [("Status", third)])

    columns = [Column("Isi", lambda row: cell(row[1][0]))]
    columns += [Column("Isi", lambda row, at=at: row[1][at]) for at in (1, 2)]
    return Table(key=key, columns=columns, rows=said["rows"], records=told, notes=said["notes"], title=said["title"])  # fmt: skip


def picture(content):
    return data_uri(content.encode(), "image/png")


def a_passage(said, key):
    figures = [
        Figure(caption, picture(f"{number}"), key=f"{number}")
        for number, (_, caption) in enumerate(said["photos"])
    ]
    return Prose(said["heading"], cell(said["html"]).value, figures, key=key)


def a_chart(said, key):
    points = [Point(1, label) for label in said["points"]]
    names = [str(2020 + at) for at in range(len(points))]
    series = [Series("Sudah", points)]
    return Chart(kind=ChartKind.BARS, title=said["title"], categories=names, series=series, key=key)


MAKERS = {
    "table": a_table,
    "records": a_table_of_records,
    "thawed": lambda said, key: thaw(freeze(a_table(said, key))),
    "thawed_records": lambda said, key: thaw(freeze(a_table_of_records(said, key))),
    "prose": a_passage,
    "facts": lambda said, key: Facts(
        "Kepala", [(f"Baris {at}", row) for at, row in enumerate(said["values"])], key
    ),  # fmt: skip
    "chart": a_chart,
}


def taken(said):
    letterhead = PrintedLetterhead(
        government="Pemprov", body=said["body"], logo=picture(said["logo"])
    )
    made = [MAKERS[name](section, key) for key, (name, section) in enumerate_keys(said)]
    return snapshot.take(
        Report(
            name="x",
            title=f"Laporan {said['title']}",
            subtitle=said["subtitle"],
            sections=made,
            letterhead=letterhead,
        )
    )


def enumerate_keys(said):
    return [
        (said.get("keys", {}).get(at, f"bagian-{at}"), row)
        for at, row in enumerate(said["sections"])
    ]


def places(said, path=()):
    """Where every text stands that is printed; a key is not."""
    if isinstance(said, str):
        yield path
    elif isinstance(said, dict):
        for name, value in said.items():
            yield from places(value, (*path, name))
    elif isinstance(said, tuple):
        yield from places(said[1], (*path, 1))
    else:
        for at, value in enumerate(said):
            yield from places(value, (*path, at))


def changed(said, path, change):
    """`said` with another text at `path`."""
    if not path:
        return change(said)
    kind = list if isinstance(said, tuple) else type(said)
    copy = kind(deepcopy(said))
    copy[path[0]] = changed(copy[path[0]], path[1:], change)
    return tuple(copy) if isinstance(said, tuple) else copy


def told(before, after):
    return changes.compare(taken(before), taken(after))


@given(paper, st.data())
def test_any_one_value_that_changes_is_told_and_nothing_else(said, data):
    path = data.draw(st.sampled_from(sorted(places(said), key=str)))
    (change,) = told(said, changed(said, path, lambda text: f"{text} baru"))
    if path[-1] == "logo":
        assert (change.label, change.before[:8]) == ("Lambang", "SHA-256 ")
    else:
        assert "baru" in change.after
        assert change.after.replace(" baru", "") == change.before


@given(paper)
def test_what_is_the_same_is_not_told(said):
    assert told(said, deepcopy(said)) == []


@given(paper, st.randoms(use_true_random=False))
def test_what_is_moved_is_not_told_as_changed(said, random):
    moved = deepcopy(said)
    order = list(range(len(moved["sections"])))
    random.shuffle(order)
    moved["sections"] = [moved["sections"][at] for at in order]
    moved["keys"] = {to: f"bagian-{at}" for to, at in enumerate(order)}
    for _, section in moved["sections"]:
        random.shuffle(section.get("rows", []))
        random.shuffle(section.get("notes", []))
    assert told(said, moved) == []


@given(paper, st.data())
def test_a_row_put_before_others_is_the_only_one_that_came(said, data):
    tables = [at for at, (_, row) in enumerate(said["sections"]) if "rows" in row]
    if not tables:
        return
    more, at = deepcopy(said), data.draw(st.sampled_from(tables))
    found = more["sections"][at][1]["rows"]
    found.insert(data.draw(st.integers(0, len(found))), ("baru", ["Baru", "1", "2"]))
    assert {change.after for change in told(said, more)} == {"ditambahkan"}
    assert {change.after for change in told(more, said)} == {"dihapus"}
    records = 2 if "records" in said["sections"][at][0] else 1
    assert len(told(said, more)) == records


# ── Where nothing says which row is which ───────────────────────────────────────────────────────
@given(a_list(st.tuples(text, text), 0), st.data())
def test_without_keys_a_value_that_changes_is_told_all_the_same(pairs, data):
    def said(pairs):
        section = Table(columns=[Column("Nama", lambda row: row[0]), Column("Isi", lambda row: row[1])], rows=pairs)  # fmt: skip
        return snapshot.take(Report(name="x", title="Laporan", sections=[section, section]))

    if not pairs:
        return
    at, side = data.draw(st.integers(0, len(pairs) - 1)), data.draw(st.integers(0, 1))
    other = changed(pairs, (at, side), lambda text: f"{text} baru")
    found = changes.compare(said(pairs), said(other))
    assert 1 <= len(found) <= 2
    assert changes.compare(said(pairs), said(pairs)) == []


@given(a_list(text), text, st.data())
def test_a_paragraph_put_between_others_changes_none_of_them(texts, more, data):
    def said(texts):
        passages = [
            Prose("Fakta", f"<p>{text}</p>", key="bagian") for text in map(cell_text, texts)
        ]
        return snapshot.take(Report(name="x", title="Surat", sections=passages))

    def cell_text(text):
        return text.replace("<", "")

    at = data.draw(st.integers(0, len(texts)))
    longer = [*texts[:at], f"{more} baru", *texts[at:]]
    (change,) = changes.compare(said(texts), said(longer))
    assert change.after == "ditambahkan"
