"""A side-car of which one entry does not hold: the rest is reviewed, and no path of the server is shown."""

from pathlib import Path

import pytest

from graph.build import build
from graph.errors import SidecarError
from tests.webapp.review.conftest import KEY, Reviewer
from webapp.config import Config
from webapp.review.filepaths import relative

SIDECAR = f"""profile: {KEY}
document: {{title: Spain, publisher: unknown, terms: unknown, language: en}}
claims:
  - claim: country/ESP coDrives group/empact-cse
    quote: Spain co-drives the CSE EMPACT Group in Europol
  - claim: country/ESP cooperatesWith body/europol
    quote: Spain gave all of this up
"""


@pytest.fixture
def stale(folder: Path, ana: Reviewer) -> Reviewer:
    """A profile whose side-car quotes words that do not stand in it."""
    (folder / "claims").mkdir()
    (folder / "claims" / f"{KEY}.yaml").write_text(SIDECAR, encoding="utf-8")
    ana.office.follow()
    return ana


def test_the_rest_is_reviewed_and_the_entry_is_told_with_words_file_and_line(folder: Path, stale: Reviewer) -> None:
    table = stale.office.table(KEY)
    assert [card.state for card in table.cards if "co-drives" in card.evidence.quote][:1] == ["curated"]
    page = stale.page(f"/review/profile/{KEY}")
    told = page.partition("To be mended before a release")[2].partition("</section>")[0]
    assert f"<li>claims/{KEY}.yaml:6: the quote" in told
    assert "Spain gave all of this up" in told
    assert str(folder) not in page
    assert "1 remark, 1 to be mended before a release" in stale.page("/review")
    stale.decide("accept", next(card for card in table.cards if card.waits))
    assert "1 entry of the side-car must be mended first" in stale.page("/review/publish")


@pytest.mark.usefixtures("stale")
def test_a_build_still_stops(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(SidecarError, match="Spain gave all of this up"):
        build(folder, tmp_path / "built", tell=lambda _: None)


def test_a_side_car_that_is_no_yaml_is_told_by_its_path_in_the_data_folder(folder: Path, ana: Reviewer) -> None:
    (folder / "claims").mkdir()
    (folder / "claims" / f"{KEY}.yaml").write_text("profile: [", encoding="utf-8")
    ana.office.follow()
    for page in (ana.page(f"/review/profile/{KEY}", 422), ana.page("/review")):
        assert f"claims/{KEY}.yaml" in page
        assert str(folder) not in page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("/srv/data/claims/a.yaml:3: no", "claims/a.yaml:3: no"),
        ("in /srv/data: this is no data folder", "in data: this is no data folder"),
        ("/srv/data2/claims/a.yaml", "/srv/data2/claims/a.yaml"),
        ("see //srv/data/x and “/srv/rel/20/manifest.json”", "see //srv/data/x and “20/manifest.json”"),
        ("/srv/who/reviewers.json: mend it", "reviewers.json: mend it"),
    ],
)
def test_paths_begin_at_the_folders_that_reviewers_know(words: str, shown: str) -> None:
    config = Config(data=Path("/srv/data"), releases=Path("/srv/rel"), reviewers=Path("/srv/who/reviewers.json"))
    assert relative(words, config) == shown
