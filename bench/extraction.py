"""How many sentences the shipped rules read in a second of processor time, on one core.

Usage: python bench/extraction.py PROFILE [ROUNDS]. There is no peer to compare with in the same run: what extracts
relations by rules elsewhere needs a trained model.
"""

import sys
import time
from pathlib import Path

from graph import vocabulary
from graph.authority import load
from graph.extraction.analysis import Analyst
from graph.extraction.extractor import Extractor
from graph.iris import Iris
from graph.profiles import context

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Read one document over and over."""
    path, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20  # noqa: PLR2004  # the second argument
    words = vocabulary.load()
    authority = load(ROOT / "data/authority", words)
    rules = ROOT / "data/rules"
    given = context(authority, words, rules, Iris("https://w3id.org/liaison/"), "0")
    analyst = Analyst(Extractor(rules, authority, words), given.lexicon, words.headings, given.abbreviations, None)
    count = len(analyst.analyse(path).sentences)
    began = time.process_time()
    for _ in range(rounds):
        analyst.analyse(path)
    print(f"{count * rounds / (time.process_time() - began):,.0f} sentences a second of processor time")


if __name__ == "__main__":
    main()
