"""The follow-up table of a Word file: read, corrected, and imported with the engine of the workbooks."""
