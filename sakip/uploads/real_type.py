"""What a file really is, from its first bytes: the opinion of libmagic, in our own words."""

HEAD = 8192  # bytes that libmagic looks at
ARCHIVES = ("application/zip", "application/octet-stream")  # how libmagic knows some Office files
OOXML = "application/vnd.openxmlformats-officedocument."
AGREEING = {
    "pdf": ("application/pdf",),
    "docx": (f"{OOXML}wordprocessingml.document", *ARCHIVES),
    "xlsx": (f"{OOXML}spreadsheetml.sheet", *ARCHIVES),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", *ARCHIVES),
    "picture": ("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"),
}
WORDS = {
    "application/x-dosexec": "program Windows",
    "application/vnd.microsoft.portable-executable": "program Windows",
    "application/x-executable": "program Linux",
    "application/x-pie-executable": "program Linux",
    "application/x-sharedlib": "program Linux",
    "application/x-ms-shortcut": "pintasan Windows",
    "application/x-iso9660-image": "citra cakram",
    "application/zip": "arsip ZIP",
    "application/x-rar": "arsip RAR",
    "application/x-7z-compressed": "arsip 7z",
    "application/gzip": "arsip gzip",
    "application/pdf": "PDF",
    "application/rtf": "dokumen RTF",
    "application/postscript": "PostScript",
    "application/x-shockwave-flash": "Flash",
    f"{OOXML}wordprocessingml.document": "dokumen Word",
    f"{OOXML}spreadsheetml.sheet": "buku kerja Excel",
    f"{OOXML}presentationml.presentation": "paparan PowerPoint",
    "image/svg+xml": "gambar SVG",
    "text/html": "halaman web",
    "text/x-php": "program PHP",
    "text/x-shellscript": "program skrip",
    "text/rtf": "dokumen RTF",
    "text/xml": "berkas XML",
    "message/rfc822": "surat elektronik",
    "image/jpeg": "gambar JPG",
    "image/png": "gambar PNG",
    "image/gif": "gambar GIF",
    "image/tiff": "gambar TIFF",
    "image/bmp": "gambar BMP",
}
OFFICE = ("dokumen Word", "buku kerja Excel", "paparan PowerPoint")


def type_of(head: bytes) -> str:
    """The MIME type of a file that begins with these bytes."""
    import magic  # loads the rules of libmagic

    return magic.from_buffer(head[:HEAD], mime=True)


def stranger(kind: str, head: bytes) -> str | None:
    """None when these bytes agree with `kind`, a key of AGREEING; else what they are, or an empty text."""
    found = type_of(head)
    return None if found in AGREEING[kind] else WORDS.get(found, "")


def said(really: str | None) -> str:
    """For the middle of a sentence."""
    return f": isinya {really}" if really else ""
