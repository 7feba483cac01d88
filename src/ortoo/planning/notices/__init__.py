"""Notices: what a unit is told about its people when a plan is published."""
