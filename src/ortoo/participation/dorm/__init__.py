"""Rooms of a base, who sleeps where during a term, what they wish for, and the sheets on the doors."""
