"""Addresses that were public once lead to the same as they are written now."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.cases("former")
def test_a_former_address_leads_for_good_to_that_of_now(case: dict[str, str], client: FlaskClient) -> None:
    answer = client.get(case["address"])
    assert (answer.status_code, answer.headers["Location"]) == (308, case["now"])
    assert client.get(case["now"]).status_code in (200, 303)
