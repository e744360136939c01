"""The guides of docs/panduan as pages, the part of them that is about a page, and the tour of the first sign-in."""
