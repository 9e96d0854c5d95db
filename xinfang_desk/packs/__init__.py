"""Reads form packs into model objects; refuses with file, place and reason."""
