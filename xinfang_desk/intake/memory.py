"""A limit on the memory of the process that reads somebody else's workbook."""

from __future__ import annotations

import ctypes
import sys

_EXTENDED_LIMITS = 9
_LIMIT_PROCESS_MEMORY = 0x100


class _Basic(ctypes.Structure):
    _fields_ = (
        ("per_process_time", ctypes.c_int64), ("per_job_time", ctypes.c_int64), ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t), ("largest_set", ctypes.c_size_t), ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32))


class JobLimits(ctypes.Structure):
    """Windows' ``JOBOBJECT_EXTENDED_LIMIT_INFORMATION``."""

    _fields_ = (
        ("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t))


def limit_memory(size: int) -> bool:
    """Let this process have *size* bytes at most; beyond, it ends. False where the system does not let it be set."""
    if sys.platform == "win32":
        return _limit_by_job(size)
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    return True


def job_limits(size: int) -> JobLimits:
    """What a job of Windows is told so that each of its processes has *size* bytes at most."""
    limits = JobLimits()
    limits.basic.flags = _LIMIT_PROCESS_MEMORY
    limits.process_memory = size
    return limits


def _limit_by_job(size: int) -> bool:
    """Windows limits the processes of a job, so this process becomes a job of its own."""
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - not there on other systems
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
    limits = job_limits(size)
    told = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    return bool(told and kernel.AssignProcessToJobObject(job, ctypes.c_void_p(kernel.GetCurrentProcess())))
