"""Files damaged at random are read or refused with a sentence; nothing else happens to the program."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from audit.document import Document
from audit.read import ReadError, read_source
from audit.read.limits import MEGABYTE, Limits
from audit.read.worker import stop
from tests.read.test_other_workbooks import cell, ods, row, words, xlsb
from tests.read.test_six_formats import FORMATS, REPORT

_LIMITS = Limits(memory=1024 * MEGABYTE, seconds=20)
ROUNDS = 12


@pytest.fixture(scope="module", autouse=True)
def _end_the_reading_process() -> Iterator[None]:
    yield
    stop()


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut short, with some of them changed, or with a part missing or repeated."""
    start, end = sorted(chance.sample(range(len(data)), 2))
    match chance.randrange(4):
        case 0:
            return data[:end]
        case 1:
            return data[:start] + data[end:]
        case 2:
            return data[:end] + data[start:]
        case _:
            changed = bytearray(data)
            for _ in range(chance.randrange(1, 20)):
                changed[chance.randrange(len(data))] = chance.randrange(256)
            return bytes(changed)


WHOLE: dict[str, Callable[[], bytes]] = {
    **{suffix: partial(make, REPORT) for suffix, make in FORMATS.items()},
    ".xlsb": xlsb,
    ".ods": lambda: ods(row(words("项目", "数")) + row(words("合计"), cell(15.7, "15.7"))),
}


@pytest.mark.parametrize("suffix", WHOLE)
def test_read_or_refused(suffix: str, tmp_path: Path) -> None:
    chance = random.Random(suffix)
    whole = WHOLE[suffix]()
    path = tmp_path / f"a{suffix}"
    for _ in range(ROUNDS):
        path.write_bytes(damaged(whole, chance))
        outcome = read_or_reason(path)
        if isinstance(outcome, Document):
            assert all(0 <= span.start <= span.end <= len(outcome.text) for span, _ in outcome.places)
        else:
            assert outcome
            assert "\n" not in outcome


def read_or_reason(path: Path) -> Document | str:
    try:
        return read_source(path, _LIMITS)
    except ReadError as error:
        return error.reason
