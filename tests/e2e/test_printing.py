"""A page that somebody prints from the browser: every column is on the paper, and nothing to press."""


def widths(page, selector):
    """Of each table: its own width and the room for it."""
    return page.eval_on_selector_all(
        selector, "found => found.map(one => [one.scrollWidth, one.parentElement.clientWidth])"
    )


def display(page, selector):
    return page.eval_on_selector(selector, "one => getComputedStyle(one).display")


def test_the_simulation_on_paper(visit, cast, evaluation):
    page = visit(cast.kadir, viewport={"width": 680, "height": 900}).open(
        f"/evaluasi/{evaluation.pk}/simulasi/"
    )
    page.emulate_media(media="print")
    tables = widths(page, "table.comparison")
    assert tables
    assert all(table <= room + 1 for table, room in tables), tables
    assert display(page, "main .btn") == "none"


def test_sums_are_printed_once(visit, cast, evaluation):
    page = visit(cast.kadir).open("/laporan/score-comparison/")
    page.emulate_media(media="print")
    assert display(page, "tfoot") == "table-row-group"


def test_a_list_on_paper_is_its_table_alone(visit, cast, renaksi):
    """Also from a dark screen, and with its head on each page."""
    page = visit(cast.kadir, color_scheme="dark").open("/renaksi/")
    page.emulate_media(media="print")
    for selector in (".site-header", "#saringan", ".bulk-bar", ".tick", ".page-actions"):
        assert display(page, selector) == "none", selector
    assert display(page, "thead") == "table-header-group"
    assert display(page, "tbody tr") == "table-row"
    position = page.eval_on_selector("thead th", "one => getComputedStyle(one).position")
    colour = page.eval_on_selector("body", "one => getComputedStyle(one).backgroundColor")
    assert (position, colour) == ("static", "rgb(255, 255, 255)")
