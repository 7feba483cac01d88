"""What participation tells the apps above it."""

from django.dispatch import Signal

#: The host has counted the doors of a stop. Sent with `leg`, `by`, `figures` (see `domain.scan.DoorFigure`)
#: and `walk_ins`, how many came in without a ticket.
doors_counted = Signal()
#: Lines came from a door. Sent with `leg` and `by`.
scans_kept = Signal()
