"""Sheets and facts to narrative: pure."""
