"""Where the page listens, and what it finds there."""

import msgspec
import pytest

from invoicewatch.answers.records.find import read_invoice
from invoicewatch.config.settings import WebSettings
from invoicewatch.errors import ConfigError
from invoicewatch.web.serve import open_site
from invoicewatch.web.site import list_origins


def test_a_site_that_nothing_was_recorded_for_has_an_empty_database(tmp_path, office):
    paths = msgspec.structs.replace(office.config.paths, state=str(tmp_path / "new"))
    site = open_site(msgspec.structs.replace(office.config, paths=paths))
    site.painter.close()
    with pytest.raises(ConfigError, match="no invoice"):
        read_invoice(site.state_dir, "1")


@pytest.mark.parametrize(
    ("web", "origins"),
    [
        ({}, ("http://127.0.0.1:8484", "http://localhost:8484")),
        ({"host": "::1", "port": 80}, ("http://[::1]:80", "http://localhost:80")),
        ({"origin": "https://Invoices.example"}, ("https://invoices.example",)),
        ({"host": "0.0.0.0", "origin": "https://a.example:8484", "proxy": "10.0.0.1"}, ("https://a.example:8484",)),
    ],
)
def test_browsers_call_it_by_these_names(web, origins):
    assert origins == list_origins(WebSettings(**web))


@pytest.mark.parametrize(
    ("web", "code"),
    [
        ({"host": "0.0.0.0"}, "web_open"),
        ({"host": "192.168.1.5", "origin": "https://a.example"}, "web_open"),
        ({"origin": "http://a.example"}, "web_open"),
        ({"origin": "https://a.example/path"}, "web_origin"),
        ({"origin": "a.example"}, "web_origin"),
        ({"proxy": "*"}, "web_open"),
        ({"proxy": "10.0.0.1, 0.0.0.0/0"}, "web_open"),
        ({"tls_certificate": "/no/such/file", "tls_key": "/no/such/file"}, "web_tls"),
        ({"tls_certificate": "/no/such/file"}, "web_tls"),
    ],
)
def test_it_is_never_open_to_others_without_tls(web, code):
    with pytest.raises(ConfigError) as caught:
        list_origins(WebSettings(**web))
    assert code == caught.value.code
