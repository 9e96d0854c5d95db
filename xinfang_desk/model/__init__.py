"""The words of the program: frozen values that may cross any door.

Standard library only. No clock, no files, no randomness.
"""
