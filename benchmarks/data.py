"""Fills a database with test data of a given size. The data is the same on every machine."""

import random
from datetime import date

TODAY = date(2023, 10, 2)
VOCABULARY = """
    penetapan target kinerja supaya dianalisis kembali dengan memperhatikan capaian tahun sebelumnya dan
    rencana strategis perangkat daerah sehingga sasaran program kegiatan menjadi terukur relevan dapat dicapai
    hasil pengukuran dimanfaatkan sebagai dasar pemberian penghargaan penempatan jabatan penyesuaian anggaran
    serta perbaikan berkelanjutan atas akuntabilitas instansi pemerintah laporan disampaikan tepat waktu kepada
    pimpinan melalui aplikasi disertai bukti dukung yang memadai monitoring evaluasi internal dilaksanakan setiap
    triwulan oleh biro organisasi bersama inspektorat provinsi untuk memastikan tindak lanjut rekomendasi telah
    sesuai ketentuan peraturan menteri pendayagunaan aparatur negara reformasi birokrasi tentang pedoman
"""


def make(recommendations: int) -> None:
    """Adds one evaluation; a recommendation has about 80 words, an answer about 110.

    The database must be migrated and empty.
    """
    from tests import factories

    chance = random.Random(recommendations)
    province = factories.make_unit("Provinsi", kind="province")
    body = factories.make_unit("Sekretariat Daerah", parent=province, kind="body")
    bureau = factories.make_unit("Biro Organisasi", parent=body, kind="bureau")
    factories.make_user("koordinator", "coordinator", body)
    evaluation = factories.make_evaluation(body, scores=("22.20", "14.80", "7.70", "14", "15.20"))
    components = [code for code, _ in factories.COMPONENTS]
    for number in range(1, recommendations + 1):
        recommendation = factories.make_recommendation(
            evaluation, number, component=components[number % 5], text=_paragraph(chance, 45, 65)
        )
        for position in range(1, 1 + number % 4):
            recommendation.points.create(position=position, text=_paragraph(chance, 10, 16))
        for position in range(1, 2 + number % 3):
            renaksi = factories.make_renaksi(
                recommendation,
                bureau,
                follow_up=_paragraph(chance, 30, 60),
                status=("open", "submitted", "done")[position % 3],
            )
            if number % 3 == 0 and position == 1:
                for step in (1, 2):
                    renaksi.steps.create(position=step, text=_paragraph(chance, 8, 14))


def words(chance: random.Random, fewest: int, most: int) -> str:
    """One sentence with between `fewest` and `most` random words."""
    return f"{' '.join(chance.choices(VOCABULARY.split(), k=chance.randint(fewest, most)))}.".capitalize()


def _paragraph(chance: random.Random, fewest: int, most: int) -> str:
    words = chance.choices(VOCABULARY.split(), k=chance.randint(fewest, most))
    words[3] = f"<em>{words[3]}</em>"
    return f"<p>{' '.join(words).capitalize()}.</p>"
