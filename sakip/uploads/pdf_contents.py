"""Looks at every object of a PDF, also at those in packed streams, for what does more than show pages.

An action is judged by its type: a script is refused wherever it hangs (document, page, annotation, form
field, name tree), while the plain wish to open at some page is ordinary.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence

import pikepdf

from sakip.uploads.refusals import Refused

MOST_PAGES = 3_000
MOST_OBJECTS = 100_000
BATCH = 25_000  # objects that are kept in memory together
MOST_INSIDE = 32 << 20  # bytes of all files that it carries
PRINT_AGAIN = (
    "Cetak ulang ke PDF dari program asalnya (Cetak, lalu Simpan sebagai PDF), lalu unggah lagi."
)
SCRIPT = f"berisi JavaScript. {PRINT_AGAIN}"
MEDIA = f"berisi video, suara, atau gambar tiga dimensi. {PRINT_AGAIN}"
OTHER_FILE = f"membuka berkas lain di luar dirinya. {PRINT_AGAIN}"
ACTIONS = {
    "/JavaScript": SCRIPT,
    "/Launch": f"menjalankan program lain saat dibuka. {PRINT_AGAIN}",
    "/SubmitForm": f"berisi formulir yang mengirim isinya ke alamat lain. {PRINT_AGAIN}",
    "/ImportData": f"mengambil data dari berkas lain. {PRINT_AGAIN}",
    "/GoToR": OTHER_FILE,
    "/GoToE": OTHER_FILE,
    "/Thread": OTHER_FILE,
    "/Rendition": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/RichMediaExecute": MEDIA,
    "/GoTo3DView": MEDIA,
}
ANNOTATIONS = frozenset({"/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})
RUNNING = re.compile(r"\s*(javascript|vbscript|data|ms-[a-z-]+|search-ms|shell)\s*:", re.IGNORECASE)
# Found in the text of an object before it is taken apart. `pikepdf` writes every name in its plain form.
SUSPECT = re.compile(
    rb"/(?:JavaScript|Launch|SubmitForm|ImportData|GoToR|GoToE|Thread|Rendition|Movie|Sound|Screen"
    rb"|RichMedia\w*|GoTo3DView|3D|XFA|EF|URI|FFilter)(?![\w.-])"
)
FLATE = "/FlateDecode"
ELSEWHERE = (pikepdf.String, pikepdf.Dictionary)  # how a stream names the file that holds it


def refuse_forbidden(file, check_inside: Callable[[str, bytes], None], *, is_repaired) -> int:
    """The number of pages. Raises Refused, and the errors of pikepdf for a broken file.

    It is opened again for each batch: an open PDF keeps every object that was ever read.
    """
    with _opened(file, is_repaired) as pdf:
        keys = _keys(pdf)
        _refuse_in(pdf.trailer)
        pages = len(pdf.pages)
    if pages > MOST_PAGES:
        raise Refused(f"lebih dari {MOST_PAGES} halaman. Bagi menjadi beberapa berkas.")
    room = MOST_INSIDE
    for start in range(0, len(keys), BATCH):
        with _opened(file, is_repaired) as pdf:
            for key in keys[start : start + BATCH]:
                for name, stream in _carried(pdf.get_object(*key)):
                    content = _unpacked(name, stream, room)
                    room -= len(content)
                    check_inside(name, content)
    return pages


def _opened(file, is_repaired):
    file.seek(0)
    return pikepdf.open(file, attempt_recovery=is_repaired, suppress_warnings=True)


def _keys(pdf) -> list[tuple[int, int]]:
    """Number and generation of every object, without reading one. The trailer may lie about how many."""
    if int(pdf.trailer.get("/Size", 0)) <= 2 * MOST_OBJECTS:
        keys = list(pdf.get_xref_table())
        if len(keys) <= MOST_OBJECTS:
            return keys
    raise Refused(
        f"terlalu rumit (lebih dari {MOST_OBJECTS} objek). Bagi menjadi beberapa berkas, atau simpan "
        "dengan ukuran terkecil."
    )


def _carried(found) -> Iterator[tuple[str, pikepdf.Object]]:
    """The files within this object, as name and stream. Raises Refused for what it may not hold."""
    if not isinstance(found, pikepdf.Object):
        return  # a number that stands alone, such as the length of a stream
    is_stream = isinstance(found, pikepdf.Stream)
    written = (found.stream_dict if is_stream else found).unparse(resolved=True)
    if is_stream and b"/F " in written and isinstance(found.get("/F"), ELSEWHERE):
        raise Refused(OTHER_FILE)
    if SUSPECT.search(written):
        for one in _refuse_in(found):
            yield from _files_of(one)


def _refuse_in(found) -> Sequence[pikepdf.Object]:
    """This object and the dictionaries written within it. Raises Refused."""
    waiting, dictionaries = [found], []
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            _judge(one)
            dictionaries.append(one)
            waiting += [value for _name, value in one.items() if _is_inside(value)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if _is_inside(value)]
        elif said := ACTIONS.get(_name(one)):
            raise Refused(said)  # the name stands alone, to hide which action needs it
    return dictionaries


def _is_inside(value):
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _name(value) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _judge(dictionary):
    said = ACTIONS.get(_name(dictionary.get("/S")))
    if said and _name(dictionary.get("/Type")) != "/StructElem":
        raise Refused(said)
    if _name(dictionary.get("/Subtype")) in ANNOTATIONS and "/Rect" in dictionary:
        raise Refused(MEDIA)
    if "/XFA" in dictionary:
        raise Refused(f"berisi formulir XFA, yang dapat menjalankan perintah. {PRINT_AGAIN}")
    address = dictionary.get("/URI")
    if isinstance(address, pikepdf.String) and RUNNING.match(str(address)):
        raise Refused(f"berisi tautan yang menjalankan perintah. {PRINT_AGAIN}")


def _files_of(dictionary):
    """The files of a dictionary that describes one: each is often named twice."""
    streams = dictionary.get("/EF")
    if isinstance(streams, pikepdf.Dictionary):
        found = {
            one.objgen: one for _kind, one in streams.items() if isinstance(one, pikepdf.Stream)
        }
        name = str(dictionary.get("/UF", dictionary.get("/F", "")))
        yield from ((name, stream) for stream in found.values())


def _unpacked(name, stream, room) -> bytes:
    """The content of a carried file; no more of it is unpacked than there is room for."""
    filters = stream.get("/Filter")
    if isinstance(filters, pikepdf.Array) and len(filters) == 1:
        filters = filters[0]
    content = stream.read_raw_bytes()
    if _name(filters) == FLATE:
        content = zlib.decompressobj().decompress(content, room + 1)
    elif filters is not None:
        raise Refused(f"membawa berkas “{name}” yang tidak dapat diperiksa. {PRINT_AGAIN}")
    if len(content) > room:
        raise Refused(f"membawa berkas “{name}” yang terlalu besar. {PRINT_AGAIN}")
    return content
