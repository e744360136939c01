"""Units and people."""

from django.core.exceptions import ValidationError

from sakip.models import Unit, User, nip_validator
from sakip.querysets import upwards
from sakip.roles import Role
from sakip.services.authority import check_structure
from sakip.services.departures import why_not_gone
from sakip.services.units import CHILDREN_FIRST, why_busy
from sakip.services.users import check_reach_given
from workbooks.columns import cells
from workbooks.columns.sheets import Sheet, SheetColumn, WorkbookKind
from workbooks.kinds import shared

ALL, BODIES = "Mengevaluasi semua", "Perangkat daerah yang dievaluasi"
OLD_KINDS = {"Perangkat daerah": Unit.Kind.BODY, "Biro atau bidang": Unit.Kind.BUREAU}
OLD_ROLES = {"Operator Biro": Role.OPERATOR, "Evaluator Inspektorat": Role.EVALUATOR}
SEVERAL = "Orang ini memegang beberapa penugasan. Ubah lewat Pengaturan → Pengguna → Penugasan."
YOURS = "Unit ini di luar jangkauan Anda."


class Nip(cells.TextWidget):
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
    example = {
        "Kode": "Contoh: 4.01.01",
        "Nama": "Biro Organisasi",
        "Nama singkat": "Biro Organisasi",
        "Jenis": "Biro",
        "Unit induk": "Sekretariat Daerah",
        "Urutan": "1",
        "Sebutan pimpinan": "Kepala Biro Organisasi",
        "Aktif": "Ya",
    }

    code = SheetColumn("Kode", "code", shared.Code(40), key=True, aliases=("Kode unit",))
    name = SheetColumn(
        "Nama", "name", cells.TextWidget(200), required=True, width=40, aliases=("Nama unit",)
    )
    short_name = SheetColumn(
        "Nama singkat", "short_name", cells.TextWidget(60), aliases=("Singkatan",)
    )
    kind = SheetColumn(
        "Jenis", "kind", cells.ChoiceWidget(Unit.Kind.choices, aliases=OLD_KINDS), required=True
    )
    parent = SheetColumn(
        "Unit induk", "parent", cells.ReferenceWidget("units"), width=40, aliases=("Induk",)
    )
    position = SheetColumn(
        "Urutan", "position", cells.WholeWidget(high=32767), note="Angka kecil lebih dulu."
    )
    head_title = SheetColumn("Sebutan pimpinan", "head_title", cells.TextWidget(120), width=30)
    is_active = SheetColumn("Aktif", "is_active", cells.FlagWidget(empty=True))

    def readable(self, user):
        """The units within reach: the others are not this person's to change."""
        rows = Unit.objects.visible_to(user).select_related("parent")
        return rows if user.reach is None else rows.filter(pk__in=user.reach)

    def matching(self, rows, user):
        """All units, because a code or a parent beyond reach must be known to be refused."""
        found = list(Unit.objects.visible_to(user).select_related("parent"))
        self.parents = {unit.pk: unit.parent_id for unit in found}
        self.inspectorate = Unit.objects.inspectorate()
        self.active = {unit.pk for unit in found if unit.is_active}
        return found

    def refusal(self, row, user):
        """Units are seen by all; a coordinator changes those within reach."""
        beyond = user.reach is not None and not row.is_new and row.instance.pk not in user.reach
        return YOURS if beyond else ""

    def problems(self, row, user):
        parent = row["Unit induk"]
        if parent is None and (row.is_new or row.instance.parent_id):
            yield "Unit induk", "Kolom ini wajib diisi. Tulis nama unit di atasnya."
        else:
            moved = parent is not None and "Unit induk" in row.changed
            misplaced = list(self._parent_problems(row, parent, user)) if moved else []
            yield from misplaced or self._structure_problems(row, parent, user)
        if "Aktif" in row.changed and not row["Aktif"] and not row.is_new:
            yield from self._duties(row, user)
        self.asked = (row.instance, parent, row["Aktif"])

    def _structure_problems(self, row, parent, user):
        if not {"Jenis", "Unit induk"} & set(row.changed):
            return
        unit, above = row.instance, parent and shared.saved(parent)
        before = None if row.is_new else (unit.kind, unit.parent_id)
        after = (row["Jenis"], above and above.pk)
        yield from _messages(
            check_structure,
            {"kind": "Jenis", "parent": "Unit induk"},
            actor=user,
            unit_id=unit.pk,
            before=before,
            after=after,
            is_inside=unit.pk in self.inspectorate,
        )

    def _duties(self, row, user):
        """The tree is judged as the rows before leave it, everything else as it is stored."""
        if any(self.parents.get(pk) == row.instance.pk for pk in self.active):
            yield "Aktif", CHILDREN_FIRST
        elif reason := why_busy(row.instance, user):
            yield "Aktif", reason

    def _parent_problems(self, row, parent, user):
        above = shared.saved(parent)
        if not parent.is_active:
            yield "Unit induk", f"{parent} sudah tidak aktif. Pilih unit yang masih aktif."
        elif user.reach is not None and above.pk not in user.reach:
            yield "Unit induk", YOURS
        elif not row.is_new and row.instance.pk in upwards(above.pk, self.parents):
            yield "Unit induk", "Unit tidak dapat berada di bawah dirinya sendiri."
        elif not row.is_new and user.reach is not None and row.instance.parent_id not in user.reach:
            yield "Unit induk", "Puncak jangkauan Anda tetap di tempatnya."

    def accepted(self, instance):
        """Later rows are judged by the tree as this one leaves it."""
        asked, parent, is_active = self.asked
        if asked is not instance or instance.pk is None:
            return
        if parent is not None:
            self.parents[instance.pk] = shared.saved(parent).pk
        if is_active:
            self.active.add(instance.pk)
        else:
            self.active.discard(instance.pk)

    def unique_columns(self):
        return [("Unit induk", "Nama")]


class PersonSheet(Sheet):
    model = User
    title = "Pengguna"
    example = {
        "Nama pengguna": "Contoh: operator.organisasi",
        "Nama": "Andi Rina, S.E.",
        "NIP": "19710808 199103 2 007",
        "Surel": "rina@kaltimprov.go.id",
        "Peran": "Operator",
        "Unit": "Biro Organisasi",
        "Aktif": "Ya",
    }
    about = (
        "Akun baru belum berkata sandi: undang orangnya lewat Pengaturan → Pengguna → Undangan. Orang dengan "
        "beberapa penugasan tampil dengan yang sedang dipakainya."
    )

    username = SheetColumn("Nama pengguna", "username", cells.TextWidget(150), key=True, width=24)
    name = SheetColumn("Nama", "name", cells.TextWidget(150), required=True, width=34)
    nip = SheetColumn("NIP", "nip", Nip(), width=22)
    email = SheetColumn(
        "Surel",
        "email",
        cells.EmailWidget(),
        width=30,
        aliases=("Email", "Pos-el", "Alamat pos-el"),
    )
    role = SheetColumn(
        "Peran",
        "role",
        cells.ChoiceWidget(Role.choices, aliases=OLD_ROLES),
        required=True,
        width=22,
    )
    unit = SheetColumn("Unit", "unit", cells.ReferenceWidget("units"), required=True, width=34)
    evaluates_all = SheetColumn(
        ALL,
        "evaluates_all",
        cells.FlagWidget(),
        width=20,
        note="Hanya untuk evaluator: Ya untuk semua perangkat daerah. Kosong berarti Tidak.",
    )
    bodies = SheetColumn(
        BODIES,
        "assigned_bodies",
        cells.ReferencesWidget("units"),
        width=34,
        note="Hanya untuk evaluator; pisahkan dengan titik koma. Kosong berarti tidak ada.",
    )
    is_active = SheetColumn("Aktif", "is_active", cells.FlagWidget(empty=True))

    def readable(self, user):
        people = User.objects.manageable_by(user)
        return (
            people.select_related("unit")
            .prefetch_related("assigned_bodies", "other_posts")
            .order_by("username")
        )

    def begin(self, values, user):
        person = User()
        person.set_unusable_password()
        return person

    def matching(self, rows, user):
        """Two accounts never differ in case alone, also with those that this person does not manage."""
        names = User.objects.values_list("username", flat=True)
        self.usernames = {name.casefold() for name in names}
        self.judged = {}
        return self.readable(user)

    def problems(self, row, user):
        if row.is_new and row["Nama pengguna"].casefold() in self.usernames:
            yield "Nama pengguna", "Nama ini sudah dipakai akun lain. Tulis yang lain."
        unit, bodies = row["Unit"], row[BODIES] or ()
        if "Unit" in row.changed and not unit.is_active:
            yield "Unit", f"{unit} sudah tidak aktif. Pilih unit lain."
        if row[ALL] and row["Peran"] != Role.EVALUATOR:
            yield ALL, "Hanya untuk evaluator. Tulis Tidak."
        if BODIES in row.changed:
            kept = () if row.is_new else row.columns[BODIES].now(row.instance)
            new = [body for body in bodies if body not in kept]
            if any(not body.is_body or not body.is_active for body in new):
                yield BODIES, "Pilih perangkat daerah yang masih aktif, bukan unit di bawahnya."
        yield from self._post_problems(row)
        yield from self._reach_problems(row, user, shared.saved(unit), bodies)
        yield from self._departure(row, shared.saved(unit))

    def _departure(self, row, unit):
        """Somebody with work in hand does not leave the unit or the program."""
        if row.is_new or not row.instance.is_active:
            return
        if not row["Aktif"]:
            name, reason = "Aktif", why_not_gone(row.instance)
        elif "Unit" in row.changed:
            name, reason = "Unit", why_not_gone(row.instance, [unit] if unit.pk else [])
        else:
            return
        if reason:
            yield name, reason

    def _post_problems(self, row):
        """Which of several posts a row means would be a guess."""
        posted = {"Peran", "Unit", ALL, BODIES} & set(row.changed)
        if posted and not row.is_new and row.instance.other_posts.all():
            yield min(posted), SEVERAL

    def _reach_problems(self, row, user, unit, bodies):
        person = User(pk=row.instance.pk, role=row["Peran"] or "", unit=unit)
        person.is_active = row["Aktif"] is not False  # without the column a new account is active
        person.evaluates_all = bool(row[ALL])
        bodies = tuple(shared.saved(body) for body in bodies)
        inside = _is_new_inspectorate(row["Unit"])
        same = (person.pk == user.pk, person.role, unit, bodies, person.is_active)
        same += (person.evaluates_all, inside)
        if same not in self.judged:  # the judgement costs a query for every evaluator
            given = {"user": person, "assigned_bodies": bodies, "is_inside": inside}
            labels = {"assigned_bodies": BODIES, "evaluates_all": ALL, "role": "Peran"}
            problems = _messages(check_reach_given, labels, actor=user, **given)
            self.judged[same] = list(problems)
        yield from self.judged[same]

    def accepted(self, instance):
        self.usernames.add(instance.username.casefold())


def _messages(check, labels, **given):
    """The refusal of a service as a column and a sentence; the column is “Unit” where it names none."""
    try:
        check(**given)
    except ValidationError as error:
        named = next(iter(getattr(error, "error_dict", {})), "")
        yield labels.get(named, "Unit"), " ".join(error.messages)


def _is_new_inspectorate(unit) -> bool:
    """Whether this workbook makes the unit, in an Inspektorat that it makes too."""
    while unit is not None and unit.pk is None:
        if unit.kind == Unit.Kind.INSPECTORATE:
            return True
        unit = unit.parent
    return False


KIND = WorkbookKind("units", "Unit dan pengguna", (UnitSheet, PersonSheet))
