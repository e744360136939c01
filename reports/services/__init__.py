"""All changes that people make to the documents of the office.

To seal a telaah staf, `issuing` calls `issue_telaah_staf` in its transaction.
"""

from reports.services.telaah_staf import issue_telaah_staf

__all__ = ["issue_telaah_staf"]
