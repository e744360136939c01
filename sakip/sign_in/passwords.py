"""Which passwords a person may choose. PASSWORD_PROFILE says which of two rules holds.

`asvs` (OWASP ASVS 5.0, 6.2): long and not guessable, of any characters, for as long as the person likes.
`bssn` (Peraturan BSSN 4/2021 as public bodies read it): besides, of four kinds of characters, new every
six months, none of the last ones.

A password is judged by what is left of it when everything is taken away that a guesser at this office
would try: the names of the person, of the offices and of the place, and years. zxcvbn counts how many
guesses the rest takes; it knows common passwords, rows of keys, repetitions, sequences and dates.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from sakip.models import FormerPassword, Unit

# A guesser who has the hashes makes some ten guesses a second for each core (Argon2id, 100 MiB).
ENOUGH_GUESSES = 10**8
JUDGED = 72  # characters; nobody guesses further, and zxcvbn gets slow
SHORTEST = 3  # letters of a word that is taken away
TRIED_EVERYWHERE = [
    "admin",
    "administrator",
    "alhamdulillah",
    "bismillah",
    "cantik",
    "demo",
    "ganteng",
    "garuda",
    "indonesia",
    "kalimantan",
    "kaltim",
    "kantor",
    "kata",
    "katasandi",
    "merdeka",
    "nkri",
    "pancasila",
    "password",
    "passwd",
    "pegawai",
    "pengguna",
    "pns",
    "asn",
    "provinsi",
    "rahasia",
    "samarinda",
    "sandi",
    "sayang",
    "selamat",
    "terserah",
    "timur",
    "sakip",
    "akip",
    "lakip",
    "lkjip",
    "lhe",
    "inspektorat",
    "itprov",
    "irban",
    "setda",
    "sekda",
    "biro",
    "bidang",
    "dinas",
    "badan",
    "bagian",
    "evaluator",
    "koordinator",
    "operator",
    "pimpinan",
    "gubernur",
    "sekretariat",
    "daerah",
    "pemprov",
    "pemda",
    "organisasi",
    "januari",
    "februari",
    "maret",
    "april",
    "mei",
    "juni",
    "juli",
    "agustus",
    "september",
    "oktober",
    "november",
    "desember",
    "senin",
    "selasa",
    "rabu",
    "kamis",
    "jumat",
    "sabtu",
    "minggu",
]
YEAR = re.compile(r"(?:19|20)\d\d")
# What people write for letters; 1 stands for two of them.
LEET = [
    str.maketrans("0134578@$!", "oieastbasi"),
    str.maketrans("0134578@$!", "oleastbasl"),
]
KINDS = {
    "huruf kecil": str.islower,
    "huruf besar": str.isupper,
    "angka": str.isdigit,
    "tanda baca atau spasi": lambda letter: not letter.isalnum(),
}
ADVICE = "Pakai beberapa kata yang tidak berkaitan dengan Anda dan pekerjaan Anda."
SHAPES = {
    "repeat": "mengulang huruf, angka, atau kata yang sama",
    "spatial": "mengikuti deretan tombol papan ketik",
    "sequence": "mengikuti urutan huruf atau angka",
    "date": "berisi tanggal atau tahun",
    "regex": "berisi tanggal atau tahun",
    "dictionary": "berisi kata yang paling dulu dicoba orang",
    "bruteforce": "terlalu pendek",
}


def why_weak(password: str, words) -> str:
    """A sentence, empty for a password that would not be guessed. `words` are those of this person."""
    if not re.search(r"[^\W\d_]", password):
        return (
            "Kata sandi tidak boleh hanya angka dan tanda, seperti NIP atau tanggal lahir. "
            + ADVICE
        )
    rest, found = without(password[:JUDGED], {*words, *TRIED_EVERYWHERE})
    if rest:
        from zxcvbn import zxcvbn  # with its lists of words, for those who choose a password

        judged = zxcvbn(rest)
        if judged["guesses"] >= ENOUGH_GUESSES:
            return ""
        worst = max(judged["sequence"], key=lambda match: match["j"] - match["i"])
        shape = SHAPES[worst["pattern"]]
    if found:
        named = ", ".join(f"“{word}”" for word in found)
        return f"Kata sandi ini bertumpu pada kata yang mudah ditebak di sini: {named}. {ADVICE}"
    return f"Kata sandi ini {shape}, jadi mudah ditebak. {ADVICE}"


def without(password: str, words) -> tuple[str, list[str]]:
    """The characters of the password that belong to no word and no year, and the parts that do."""
    lower = password.lower()
    covered: set[int] = set()
    texts = {lower, *(lower.translate(table) for table in LEET)}
    for word in {*words, *(word[::-1] for word in words)}:
        for text in texts:
            for match in re.finditer(re.escape(word), text):
                covered |= {*range(*match.span())}
    for match in YEAR.finditer(lower):
        covered |= {*range(*match.span())}
    marked = "".join(letter if place in covered else "\0" for place, letter in enumerate(password))
    rest = "".join(letter for place, letter in enumerate(password) if place not in covered)
    return rest, [part for part in marked.split("\0") if part]


def words_of(person) -> set[str]:
    """What a guesser tries for this person: the own names and numbers, and every office. One query."""
    own = [person.name, person.username, person.email, person.nip] if person else []
    offices = Unit.objects.values_list("name", "short_name", "code")
    words = {word for text in own for word in _words(text)}
    words |= {word for row in offices for text in row for word in _words(text) if len(word) > 3}
    return words | ({person.nip[:8]} if person and person.nip else set())


def _words(text):
    return [word for word in re.findall(r"[^\W\d_]+|\d+", text.lower()) if len(word) >= SHORTEST]


def has_expired(person) -> bool:
    """Whether the profile asks for a new password because of the age of this one."""
    if not settings.PASSWORDS_BY_BSSN:
        return False
    chosen = person.password_chosen_at
    return chosen is None or timezone.now() - chosen > timedelta(days=settings.PASSWORD_DAYS)


class GuessableValidator:
    def validate(self, password, user=None):
        if len(password) < settings.PASSWORD_MIN_LENGTH:
            return  # refused for that by its own validator; one reason is enough
        if reason := why_weak(password, words_of(user)):
            raise ValidationError(reason, code="password_guessable")

    def get_help_text(self):
        return "Bukan nama Anda, nama kantor, atau kata sandi yang umum."


class SameAgainValidator:
    """Refuses the present password, in the profile `bssn` also the last ones."""

    def validate(self, password, user=None):
        if user is None or user.pk is None:
            return
        hashes = [user.password]
        if settings.PASSWORDS_BY_BSSN:
            rows = FormerPassword.objects.filter(person=user).order_by("-pk")
            hashes += rows.values_list("password", flat=True)[: settings.PASSWORDS_REMEMBERED]
        if any(check_password(password, stored) for stored in hashes):
            reason = "Kata sandi ini pernah Anda pakai. Pilih yang lain."
            raise ValidationError(reason, code="password_used")

    def get_help_text(self):
        return "Bukan kata sandi yang pernah Anda pakai."


class FourKindsValidator:
    def validate(self, password, user=None):
        missing = [name for name, is_one in KINDS.items() if not any(map(is_one, password))]
        if missing:
            raise ValidationError(
                f"Kata sandi ini belum berisi {', '.join(missing)}. Keempat jenis tanda harus ada.",
                code="password_kinds",
            )

    def get_help_text(self):
        return "Berisi huruf kecil, huruf besar, angka, dan tanda baca atau spasi."
