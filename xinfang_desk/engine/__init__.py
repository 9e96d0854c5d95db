"""Lines to cube to sheets to findings: pure and incremental."""
