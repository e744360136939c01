"""What a consistency check reports (uji konsistensi, DESIGN §2.6)."""

from dataclasses import asdict, dataclass

SEVERITIES = {"error": "Kesalahan", "warning": "Peringatan", "info": "Keterangan"}


@dataclass(frozen=True)
class Finding:
    """One thing to look at. `printed` and `computed` are Indonesian figures, None where none is meant."""

    code: str
    severity: str
    object: str
    message: str
    printed: str | None = None
    computed: str | None = None
    url: str = ""

    def as_json(self) -> dict:
        """The keys promised to `check_consistency --format json`."""
        row = asdict(self)
        row.pop("url")
        return row
