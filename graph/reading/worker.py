"""The process that converts one document: `python -m graph.reading.worker MODULE LIMITS`.

The document comes on its standard input; what becomes of it goes, as JSON, to its standard output. The limits hold
before the module is imported that has the parser.
"""

import importlib
import json
import sys
from typing import Any

from graph.reading.cage import Limits, close
from graph.reading.kinds import MAX_TEXT
from graph.reading.refusal import Refusal


def main() -> None:
    """Convert what stands on the standard input."""
    module, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    close(limits)
    try:
        answer = json.dumps(_converted(module), ensure_ascii=False).encode()
    except MemoryError:
        answer = b'{"outcome": "memory"}'
    sys.stdout.buffer.write(answer)


def _converted(module: str) -> dict[str, Any]:
    data = sys.stdin.buffer.read()
    try:
        converted = importlib.import_module(module).convert(data)
    except Refusal as refusal:
        return {"outcome": "refused", "problem": refusal.problem, "remedy": refusal.remedy, "line": refusal.line}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  # whatever a parser throws at a document, a person must read what to do
        return {"outcome": "failed", "reason": f"{type(error).__name__}: {str(error)[:200]}"}
    if len(converted.text.encode()) > MAX_TEXT:
        return {"outcome": "too long"}
    return {"outcome": "converted", **converted.as_json()}


if __name__ == "__main__":
    main()
