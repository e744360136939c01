"""The installation of the other tests works."""


def test_a_person_signs_in(office):
    office.start(workers=1)
    coordinator = office.client("koordinator")
    assert coordinator.get("/").status_code == 200
