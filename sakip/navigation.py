"""The main menu: which entries a role sees, and the page of each entry."""

from dataclasses import dataclass
from functools import cache

from django.urls import get_script_prefix, reverse

from sakip.roles import Role

ALL = frozenset(Role.values)


@dataclass(frozen=True)
class NavigationEntry:
    """One entry of the menu. It is current on every page whose address begins with one of `paths`.

    `for_several_bodies`: only for people who have more than one body within reach.
    """

    label: str
    url_name: str
    paths: tuple[str, ...]
    roles: frozenset[str] = ALL
    for_several_bodies: bool = False


ENTRIES = (
    NavigationEntry("Beranda", "reports:home", ()),
    NavigationEntry(
        "Provinsi",
        "reports:province",
        ("/provinsi/",),
        frozenset([Role.EVALUATOR, Role.COORDINATOR, Role.LEADER]),
        for_several_bodies=True,
    ),
    NavigationEntry(
        "Reviu",
        "recommendations:review-list",
        ("/reviu/",),
        frozenset([Role.EVALUATOR]),
    ),
    NavigationEntry(
        "LHE", "recommendations:evaluation-list", ("/evaluasi/", "/rekomendasi/", "/catatan/")
    ),
    NavigationEntry(
        "Rencana aksi",
        "recommendations:renaksi-list",
        ("/renaksi/", "/bukti/", "/perpanjangan/", "/ingatkan/"),
    ),
    NavigationEntry(
        "Indikator",
        "performance:indicator-table",
        ("/kinerja/", "/sasaran/", "/indikator/"),
    ),
    NavigationEntry(
        "Laporan",
        "reports:report-list",
        (
            "/laporan/",
            "/dokumen-lengkap/",
            "/dokumen-saya/",
            "/telaah-staf/",
            "/uji-konsistensi/",
        ),
    ),
    NavigationEntry("Riwayat", "reports:history", ("/riwayat/", "/yang-berubah/")),
    NavigationEntry(
        "Pengaturan",
        "sakip:settings",
        ("/pengaturan/", "/rubrik/", "/triwulan/", "/impor/"),
        frozenset([Role.COORDINATOR]),
    ),
)


@cache
def _address(url_name, prefix):
    """The addresses of the menu never change, and every page needs all of them."""
    return reverse(url_name)


def entries_for(user, path):
    """The rows of the menu for this user. `is_current` is the value of aria-current: page, true or empty."""
    rows = []
    for entry in ENTRIES:
        if user.role in entry.roles and (user.has_several_bodies or not entry.for_several_bodies):
            url = _address(entry.url_name, get_script_prefix())
            here = "page" if path == url else "true" if path.startswith(entry.paths) else ""
            rows.append({"label": entry.label, "url": url, "is_current": here})
    return rows
