import pytest

from tests.web_office import WebOffice


@pytest.fixture
def office(tmp_path):
    office = WebOffice(tmp_path)
    yield office
    office.close()
