import getpass

from invoicewatch.answers.records.person import find_person


def test_the_one_who_called_sudo_is_the_person():
    assert "ann" == find_person({"SUDO_USER": "ann", "USER": "root"})


def test_else_it_is_the_processs_user_whatever_the_environment_says(monkeypatch):
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    assert getpass.getuser() == find_person({"USER": "somebody else", "SUDO_USER": ""})
