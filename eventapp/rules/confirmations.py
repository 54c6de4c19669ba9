"""Confirmations: the coordinator's one letter for all that was decided in one go."""

from __future__ import annotations

from datetime import timedelta

from eventapp.models.invitation import Invitation
from eventapp.models.message import Purpose
from eventapp.models.states import InvitationStatus
from eventapp.rules import messages

REST = timedelta(minutes=3)


def to_coordinator(invitation: Invitation) -> None:
    """Queue it, or let the one that waits wait a little longer. Nothing before the company said yes."""
    if invitation.status != InvitationStatus.ACCEPTED:
        return
    messages.queue(
        Purpose.CONFIRMATION,
        invitation.coordinator,
        event=invitation.event,
        subject_id=invitation.id,
        occasion=messages.next_occasion(Purpose.CONFIRMATION, invitation.id),
        after=REST,
    )
