"""The expression language of the packs: one tree, three readings (value, formula, sentence)."""
