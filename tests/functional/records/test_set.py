import json


def fields(office, number="1"):
    return json.loads(office.run("show", "--json", number).out)


def test_set_changes_the_value_and_says_so(filled):
    done = filled.run("set", "1", "total=12,50", "due_date=")
    assert done.code == 0
    assert "total: 1250.00 -> 12.50" in done.out
    shown = fields(filled)
    assert (shown["fields"]["total"]["value"], shown["fields"]["total"]["source"]) == ("12.50", "human")
    assert [entry["field"] for entry in shown["entries"]] == ["total", "due_date"]
    assert "total: 1250.00 -> 12.50, by" in filled.run("show", "1").out


def test_undo_gives_it_back(filled):
    filled.run("set", "1", "total=12.50")
    done = filled.run("set", "1", "--undo", "total")
    assert "total: 12.50 -> 1250.00" in done.out


def test_a_status_can_be_set(filled):
    assert filled.run("set", "2", "status=accepted").code == 0
    assert filled.run("list", "--status", "review").out == "nothing found\n"


def test_nonsense_changes_nothing_and_is_explained(filled):
    for change in ("total=abc", "totale=5", "total", "issue_date=03/04/2024", "status=perfect"):
        done = filled.run("set", "1", change)
        assert (done.code, done.err.count("\n")) == (2, 1), change
    assert fields(filled)["entries"] == []


def test_the_daemons_next_run_does_not_undo_it(filled):
    filled.run("set", "1", "seller_name=Acme International")
    filled.save("acme.pdf", "Other", {"seller_name": "Misread Ltd"})
    assert fields(filled)["fields"]["seller_name"]["value"] == "Acme International"
    assert fields(filled)["run"] == 2
