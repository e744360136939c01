"""Who signs the dossier: an official in office on the day that stands in the signature block."""

from dataclasses import dataclass
from datetime import date

from reports.definitions import ReportError
from reports.tables.table import Facts
from sakip.dates import format_date
from sakip.models import Official
from sakip.services.officials import not_in_office

TITLE = "Tanda tangan"


@dataclass(frozen=True)
class Signature:
    official: Official
    place: str
    day: date

    @property
    def when(self) -> str:
        """Returns “Samarinda, 2 Oktober 2023”, or the day alone."""
        return ", ".join(filter(None, (self.place, format_date(self.day))))

    @property
    def position(self) -> str:
        """Returns the position; the one for which it signs stands in a line above."""
        above = self.official.on_behalf_of
        return f"a.n. {above}\n{self.official.title}" if above else self.official.title

    @property
    def values(self) -> dict[str, str]:
        """Returns the lines below the day, by the names that a letter gives them."""
        official = self.official
        return {
            "jabatan": self.position,
            "nama": official.name,
            "pangkat": official.rank,
            "nip": official.printed_nip,
        }

    @property
    def facts(self) -> Facts:
        lines = [(name.capitalize(), text) for name, text in self.values.items() if name != "nip"]
        lines = [("Tempat dan tanggal", self.when), *lines, ("NIP", self.values["nip"])]
        return Facts(TITLE, lines, key="tanda-tangan")


def signature_of(options, user, today: date) -> Signature | None:
    """Returns None when nobody was chosen to sign. Without a day it is today. Two queries at most.

    Raises ReportError when this official is unknown to `user` or was not in office on that day.
    """
    if not options.get("signatory"):
        return None
    official = Official.objects.visible_to(user).filter(pk=options["signatory"]).first()
    if official is None:
        raise ReportError("Pejabat penanda tangan ini tidak ada lagi. Pilih yang lain.")
    day = date.fromisoformat(options["signed_on"]) if options.get("signed_on") else today
    if reason := not_in_office(official, day, user):
        raise ReportError(reason)
    return Signature(official, options.get("place", ""), day)
