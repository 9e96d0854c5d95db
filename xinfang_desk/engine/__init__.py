"""Lines → cube → sheets; checks → findings. Pure: no clock, no files, no randomness."""

from xinfang_desk.engine.engine import Engine, Reach, ReachedCell, RowHandle, Touched
from xinfang_desk.engine.reading import Reading, RowContext
from xinfang_desk.model.explain import Explanation

__all__ = ["Engine", "Explanation", "Reach", "ReachedCell", "Reading", "RowContext", "RowHandle", "Touched"]
