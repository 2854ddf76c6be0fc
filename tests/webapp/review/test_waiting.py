"""Pages of a profile that is still being read, or cannot be read: they never load themselves again, and the rest goes on."""

import shutil
from html import unescape
from pathlib import Path

import pytest

from tests.webapp.review.conftest import KEY, Reviewer
from webapp.review.office import Office
from webapp.review.places import key_of

LATER = "spain-2019-cse"
STATE = f"/review/profile/{KEY}/state"


@pytest.mark.parametrize("address", [f"/review/text/{KEY}?sentence=x", f"/review/profile/{KEY}", f"/review/sentence/{KEY}/x"])
def test_a_page_that_waits_leads_to_itself_and_never_loads_again(address: str, ana: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Office, "is_quick", lambda *_: False)
    answer = ana.client.get(address)
    assert (answer.status_code, "Refresh" in answer.headers, "http-equiv" in answer.text) == (200, False, False)
    assert f'<a class="go" href="{address}">Look again</a>' in answer.text
    assert f'data-state="{STATE}"' in answer.text
    assert ana.client.get(STATE).json == {"waits": True, "told": ""}
    monkeypatch.undo()
    assert ana.client.get(STATE).json == {"waits": False, "told": f"{KEY} is read."}
    assert "Being read" not in ana.client.get(address).text


def test_of_a_profile_that_is_gone_the_state_is_a_refusal(ana: Reviewer) -> None:
    assert "there is no profile" in ana.page("/review/profile/atlantis/state", 422)


def test_a_side_car_that_cannot_be_read_is_told_and_the_rest_goes_on(ana: Reviewer, folder: Path) -> None:
    shutil.copy(folder / "profiles" / f"{KEY}.txt", folder / "profiles" / f"{LATER}.txt")
    (folder / "claims").mkdir()
    (folder / "claims" / f"{KEY}.yaml").write_text(f"profile: {KEY}\nclaims: [", encoding="utf-8")
    ana.office.follow()
    assert ana.office.table(LATER)
    assert KEY in ana.office.unreadable
    front = unescape(ana.page("/review"))
    assert f"{KEY}.yaml" in front.partition('class="problem">')[2].partition("</td>")[0]
    assert f'aria-label="Review {LATER}"' in front
    for address in (f"/review/profile/{KEY}", f"/review/text/{KEY}", STATE):
        assert "no valid YAML" in ana.page(address, 422)
    card = ana.card("co-drives", LATER)
    assert "Do these words say this?" in ana.page(f"/review/sentence/{LATER}/{key_of(card)}")
    ana.decide("accept", card)
    for address in ("/review/queue", "/review/actors", "/review/log", "/review/figures", f"/review/profile/{LATER}", "/review/publish"):
        ana.page(address)
    (folder / "claims" / f"{KEY}.yaml").write_text(f"profile: {KEY}\n", encoding="utf-8")
    ana.office.follow()
    assert "Review of" in ana.page(f"/review/profile/{KEY}")
