"""The outbox in a folder: each letter an .eml file that any mail program opens."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from eventapp.models.states import MessageStatus
from eventapp.postman.carrier import Outcome

TRIAL = "trial-"


class Outbox:
    """instance/outbox, or the folder behind `file:`."""

    ending = "eml"

    def __init__(self, instance: str, url: str = "file:"):
        wished = url.removeprefix("file:").removeprefix("//")
        self.folder = Path(instance) / (wished or "outbox")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def bring(self, mail: EmailMessage, *, name: str, before_the_dot: Callable[[], None]) -> Outcome:
        """Whole or not at all."""
        return self.lay(mail.as_bytes(), name=f"{name}.{self.ending}", before_the_dot=before_the_dot)

    def lay(self, content: bytes, *, name: str, before_the_dot: Callable[[], None]) -> Outcome:
        """Written aside, on the disk, then renamed."""
        aside, file = self.folder / f".{name}.part", self.folder / name
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            before_the_dot()
            aside.rename(file)
            self._sync()
        except OSError as problem:
            status = MessageStatus.UNCERTAIN if file.exists() else MessageStatus.QUEUED
            return Outcome(status, f"The outbox could not be written ({problem.strerror}).", True)
        finally:
            with contextlib.suppress(OSError):
                aside.unlink()
        return Outcome(MessageStatus.SENT, "Laid into the outbox.")

    def files_of(self, message_id: int) -> list[Path]:
        """The letters laid there for one Message, oldest first."""
        found = self.folder.glob(f"{message_id:06d}-*.{self.ending}")
        return sorted(found, key=lambda file: int(file.stem.rpartition("-")[2]))

    def trials(self) -> list[Path]:
        """What members of staff sent to themselves."""
        return sorted(self.folder.glob(f"{TRIAL}*.{self.ending}"))

    def _sync(self) -> None:
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
