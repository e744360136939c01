"""How many clicks, keys or pages each main task takes. The tests count them; README prints the same figures."""

from typing import NamedTuple


class Task(NamedTuple):
    label: str
    count: int


WRITE = Task("T1 menulis tindak lanjut dengan buktinya", 3)
SEND = Task("T1 sama, dan mengirimnya; butir berikut terbuka", 4)
ACCEPT = Task("T2 menerima satu butir; yang berikutnya terbuka", 1)
RETURN = Task("T2 mengembalikan satu butir; yang berikutnya terbuka", 2)
TWENTY = Task("T2 menerima dua puluh butir dengan tombol", 40)
IMPORT = Task("T3 mengimpor buku kerja yang tiga barisnya salah", 4)
LATE = Task("T4 melihat siapa yang terlambat dan berapa hari", 0)
FIND = Task("T5 menemukan rekomendasi atau renaksi dengan nomor atau kata", 1)
EXPORT = Task("T6 mengunduh yang tampil, dengan saringannya", 1)
FIRST = Task("T7 masuk pertama kali", 3)
