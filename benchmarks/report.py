"""`python -m benchmarks.report` writes the tables of docs/kecepatan.md anew from `latest.json`; the prose stays."""

import re
from pathlib import Path

from benchmarks import record

PAPER = Path(__file__).resolve().parent.parent / "docs" / "kecepatan.md"
HEAD = ("", "ours", "peer", "ratio", "aim", "bare", "times", "limit", "MB", "")
LABELS = ("", "kami", "pembanding", "rasio", "sasaran", "terkecil", "kali", "batas", "MB", "")
VERDICTS = {True: "met", False: "MISSED", None: ""}
WORDS = {"met": "tercapai", "MISSED": "**belum**", "": ""}
PLACE = re.compile(
    r"(?P<begin><!-- tabel (?P<size>\w+) (?P<subject>\w+)(?P<only>( [\d,]+)*) -->\n).*?(?P<end><!-- akhir -->)",
    re.S,
)
COUNT = re.compile(r"\b\d{1,3}(?:,\d{3})+\b")


def cells(row: dict) -> tuple[str, ...]:
    """One row as texts, in the order of HEAD."""
    unit, aim, limit = row["unit"], row.get("aim"), row.get("limit")
    memory = (row.get("megabytes") or [0])[0]
    return (
        row["name"],
        amount(row["ours"], unit),
        amount(row.get("peer"), unit),
        ratio(row.get("ratio")),
        "" if aim is None else f"≥ {aim:g}",
        amount(row.get("bare"), unit),
        ratio(row.get("times")),
        "" if limit is None else f"≤ {limit:g}",
        f"{memory:.0f}" if memory else "",
        VERDICTS[row["met"]],
    )


def amount(value: float | None, unit: str) -> str:
    """A figure with its unit: seconds below one as milliseconds, an exponent as n^b."""
    if value is None:
        return ""
    if unit == "b":
        return f"n^{value:.2f}"
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.3g} ms"
    return f"{value:.4g} {unit}"


def ratio(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"


def table(run: dict, only: tuple[str, ...] = ()) -> str:
    """A run of one subject as a table of Markdown, in Indonesian.

    `only` are sizes, such as "100,000": rows of another size stay in the record and out of the table.
    """
    lines = [LABELS, ["---"] + ["--:"] * (len(LABELS) - 1)]
    for row in run["rows"]:
        if only and set(COUNT.findall(row["name"])).difference(only):
            continue
        *texts, verdict = cells(row)
        lines.append([text.replace(".", ",") if at else text for at, text in enumerate(texts)])
        lines[-1].append(WORDS[verdict])
    head = f"{run['date']}, {run['commit']}.\n\n"
    if run.get("error"):
        head = head.replace(".\n", ". **Terhenti oleh galat; baris sesudahnya tidak diukur.**\n", 1)
    return head + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def fill(text: str, found: dict) -> str:
    """Puts the table of its run into each place; a place without a run says so."""

    def filled(place):
        run = found.get(place["size"], {}).get(place["subject"])
        body = table(run, tuple(place["only"].split())) if run else "Belum diukur.\n"
        return f"{place['begin']}\n{body}\n{place['end']}"

    return PLACE.sub(filled, text)


if __name__ == "__main__":
    PAPER.write_text(fill(PAPER.read_text(), record.read()))
