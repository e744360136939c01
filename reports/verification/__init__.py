"""Trust in issued files: the printed seal, the stored snapshot, and the comparison of issues."""

from reports.verification.seal import Attachment, Seal

__all__ = ["Attachment", "Seal"]
