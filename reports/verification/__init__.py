"""Issued files that can be trusted: what is printed on them, kept of them and compared."""

from reports.verification.seal import Attachment, Seal

__all__ = ["Attachment", "Seal"]
