"""The message catalogue: every Chinese sentence a clerk reads that is not in ``forms/`` or ``resources/``.

One module for each room or part of the window. Names in braces are filled in by the caller with ``format``.
"""
