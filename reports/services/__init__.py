"""What people change in the documents of the office; `issue_telaah_staf` is what sealing wraps."""

from reports.services.telaah_staf import issue_telaah_staf

__all__ = ["issue_telaah_staf"]
