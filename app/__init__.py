"""Slowprop: backpropagation in slow motion, computed at full speed."""

__version__ = "0.1.0"
