"""Pages and downloads, one module per kind of document."""
