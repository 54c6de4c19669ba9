"""A carrier: a way for letters to leave the house, and what became of one on that way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self, TypeVar

from eventapp.models.states import MessageStatus

Said = TypeVar("Said", contravariant=True)  # an e-mail on the wire, a note in an Alimtalk


@dataclass(frozen=True)
class Outcome:
    """How a try ended. QUEUED: nothing arrived, try again. `detail` holds no address.

    unreached: the far end could not be spoken to at all; other letters need not try now.
    """

    status: MessageStatus
    detail: str = ""
    unreached: bool = False


class Carrier(Protocol[Said]):
    """Opened for a round of letters; closes what it opened."""

    def bring(self, letter: Said, /, *, name: str, before_the_dot: Callable[[], None]) -> Outcome:
        """Bring one letter. `before_the_dot` runs when everything is over there but the last word.

        What `before_the_dot` raises comes through, and then the letter was not sent.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
