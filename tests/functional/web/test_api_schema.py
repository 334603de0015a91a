"""Schemathesis over the OpenAPI document: whatever a program sends, the API answers as its document says, and lives."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from invoicewatch.web.people.accounts import add_person
from invoicewatch.web.people.rights import Right
from invoicewatch.web.people.tokens import Scope, add_token
from tests.web_office import WebOffice

EXAMPLES = 20
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    response_headers_conformance,
]  # fmt: skip
OPERATIONS = [
    ("GET", "/api/v1/records"), ("GET", "/api/v1/search"), ("GET", "/api/v1/records/{number}"),
    ("PATCH", "/api/v1/records/{number}"), ("GET", "/api/v1/export"), ("POST", "/api/v1/files"),
    ("GET", "/api/v1/files/{key}"),
]  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    office = WebOffice(tmp_path_factory.mktemp("office"), upload_files=100_000)
    for number in range(3):
        office.save(f"{number}.png")
    yield office
    office.close()


@pytest.fixture(scope="module")
def client(office):
    client = office.visit(None).client
    person = add_person(office.site.people, "anna", Right.EDITOR, 0.0)
    client.headers["authorization"] = f"Bearer {add_token(office.site.people, 'till', person, list(Scope), 0.0)}"
    return client


@pytest.fixture(scope="module")
def schema(client):
    return schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())


def test_no_operation_is_left_out(schema):
    found = {(each.ok().method.upper(), each.ok().path) for each in schema.get_all_operations()}
    assert set(OPERATIONS) == found


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[f"{method} {path}" for method, path in OPERATIONS])
def test_whatever_is_sent_is_answered_as_the_document_says(office, client, schema, method, path):
    operation = schema[path][method]
    modes = [
        operation.as_strategy(generation_mode=mode)
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    ]

    @seed(20_250_301)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=st.one_of(modes))
    def ask(case):
        office.now += 1.0  # whoever asks once a second never asks too often
        request = requests.Request(**case.as_transport_kwargs(base_url=office.site.origins[0])).prepare()
        headers = {**request.headers, **client.headers}
        case.validate_response(
            client.request(request.method, request.url, content=request.body, headers=headers), checks=CHECKS
        )

    ask()
