"""Units and people."""

from django.core.exceptions import ValidationError

from sakip.models import Unit, User, nip_validator
from sakip.permissions import Role
from sakip.services import check_reach_given
from workbooks import cells
from workbooks.sheets import Column, Kind, Sheet

YOURS = "Unit ini di luar jangkauan Anda."


class Nip(cells.Text):
    """Eighteen digits; printed NIP carry spaces, which mean nothing."""

    def clean(self, value, row=None, **kwargs):
        digits = super().clean(value).replace(" ", "")
        if digits:
            try:
                nip_validator(digits)
            except ValidationError as error:
                raise ValueError(error.messages[0]) from error
        return digits


class UnitSheet(Sheet):
    model = Unit
    title = "Unit"
    about = "Satu baris untuk setiap unit kerja. Unit dinonaktifkan, tidak dihapus."
    shelf = "units"

    code = Column("Kode", "code", cells.Text(40), key=True, aliases=("Kode unit",))
    name = Column("Nama", "name", cells.Text(200), required=True, width=40, aliases=("Nama unit",))
    short_name = Column("Nama singkat", "short_name", cells.Text(60), aliases=("Singkatan",))
    kind = Column("Jenis", "kind", cells.Choice(Unit.Kind.choices), required=True)
    parent = Column("Unit induk", "parent", cells.Reference("units"), width=40, aliases=("Induk",))
    position = Column("Urutan", "position", cells.Whole(high=32767), note="Angka kecil lebih dulu.")
    head_title = Column("Sebutan pimpinan", "head_title", cells.Text(120), width=30)
    is_active = Column("Aktif", "is_active", cells.Flag(empty=True))

    def readable(self, user):
        return Unit.objects.visible_to(user).select_related("parent")

    def refusal(self, row, user):
        if user.reach is None or (not row.is_new and row.instance.pk in user.reach):
            return ""
        parent = row["Unit induk"]
        return "" if row.is_new and parent and parent.pk in user.reach else YOURS

    def problems(self, row, user):
        parent = row["Unit induk"]
        if parent is None and (row.is_new or row.instance.parent_id):
            yield "Unit induk", "Kolom ini wajib diisi. Tulis nama unit di atasnya."
        elif "Unit induk" in row.changed and not row.is_new:
            if parent.pk in Unit.objects.beneath([row.instance.pk]):
                yield "Unit induk", "Unit tidak dapat berada di bawah dirinya sendiri."
            elif user.reach is not None and parent.pk not in user.reach:
                yield "Unit induk", YOURS
        if "Aktif" in row.changed and not row["Aktif"] and not row.is_new:
            if row.instance.pk == user.unit_id:
                yield "Aktif", "Unit tempat Anda sendiri tidak dapat dinonaktifkan."
            elif row.instance.children.filter(is_active=True).exists():
                yield "Aktif", "Nonaktifkan dahulu unit di bawahnya."

    def unique_columns(self):
        return [("Unit induk", "Nama")]


class PersonSheet(Sheet):
    model = User
    title = "Pengguna"
    about = "Akun baru belum berkata sandi: berikan lewat Pengaturan → Pengguna."

    username = Column("Nama pengguna", "username", cells.Text(150), key=True, width=24)
    name = Column("Nama", "name", cells.Text(150), required=True, width=34)
    nip = Column("NIP", "nip", Nip(), width=22)
    email = Column("Pos-el", "email", cells.Email(), width=30, aliases=("Email", "Alamat pos-el"))
    role = Column("Peran", "role", cells.Choice(Role.choices), required=True, width=22)
    unit = Column("Unit", "unit", cells.Reference("units"), required=True, width=34)
    bodies = Column(
        "Perangkat daerah yang dievaluasi",
        "assigned_bodies",
        cells.References("units"),
        width=34,
        note="Hanya untuk evaluator; pisahkan dengan titik koma. Kosong berarti semua.",
    )
    is_active = Column("Aktif", "is_active", cells.Flag(empty=True))

    def readable(self, user):
        people = User.objects.manageable_by(user)
        return (
            people.select_related("unit").prefetch_related("assigned_bodies").order_by("username")
        )

    def begin(self, values, user):
        person = User()
        person.set_unusable_password()
        return person

    def problems(self, row, user):
        if row.is_new and User.objects.filter(username__iexact=row["Nama pengguna"]).exists():
            yield "Nama pengguna", "Nama ini sudah dipakai akun lain. Tulis yang lain."
        person = User(pk=row.instance.pk, role=row["Peran"] or "", unit=row["Unit"])
        person.is_active = row["Aktif"]
        try:
            bodies = row["Perangkat daerah yang dievaluasi"] or ()
            check_reach_given(actor=user, user=person, assigned_bodies=bodies)
        except ValidationError as error:
            yield "Unit", " ".join(error.messages)


KIND = Kind("units", "Unit dan pengguna", (UnitSheet, PersonSheet))
