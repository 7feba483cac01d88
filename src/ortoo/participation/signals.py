"""What participation tells the apps above it."""

from django.dispatch import Signal

#: The host has counted the doors of a stop. Sent with `leg`, `by` and `figures`, see `domain.scan.DoorFigure`.
doors_counted = Signal()
#: Lines came from a door. Sent with `leg` and `by`.
scans_kept = Signal()
