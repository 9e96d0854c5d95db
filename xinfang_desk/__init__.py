"""Xinfang Desk: a department's budget disclosure from one list of lines, offline."""

__version__ = "0.1.0"
