from typer.testing import CliRunner

from invoicewatch.cli.models.commands import app
from invoicewatch.model.measured import MEASURED
from invoicewatch.model.packaged import DEFAULT_MODEL


def test_few_models_are_named_the_default_among_them():
    assert DEFAULT_MODEL.member.rpartition("/")[2] in {each.name for each in MEASURED}
    assert 1 <= len(MEASURED) <= 3
    assert all(0.0 <= each.without <= 1.0 and 0.0 <= each.gained <= 1.0 for each in MEASURED)


def test_the_list_fetches_nothing_and_names_licence_and_gain():
    result = CliRunner().invoke(app, ["fetch", "--list"], env={"COLUMNS": "200"})
    assert 0 == result.exit_code
    for each in MEASURED:
        assert all(
            part in result.stdout for part in (each.name, each.licence, f"{each.gained:.1%}", f"{each.without:.1%}")
        )


def test_what_wants_the_list_as_json_is_told_so_and_given_no_table():
    result = CliRunner().invoke(app, ["fetch", "--list", "--json"])
    assert (2, "") == (result.exit_code, result.stdout)
