"""Compiles CPython 3.11 for Linux so that it starts on glibc 2.28 (统信 UOS 20, 麒麟 V10, Debian 10 and later).

Sources are Debian's, with Debian's security patches; the compiler is Zig's clang from PyPI, which links against any
glibc. OpenSSL, SQLite, libffi, zlib, xz and bzip2 are compiled in, invisible from outside, so that no library of
another version on the machine, nor one inside a wheel, can be mixed up with them.

CPython itself is laid out for the program's own work, as measured by ``python -m tools.installer.profile``, and linked
as one piece (LTO).
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tools.installer import fetch, locks
from tools.installer.tree import fresh
from tools.installer.words import BuildTrouble, Say

GLIBC = "2.28"
EPOCH = 1_780_000_000
"""The time it says it was compiled at; one for all builds, so that a new release need not compile it again."""
PROGRAMS = {"make": "make", "perl": "perl", "patch": "patch", "tclsh": "tcl"}
"""What must be on the build machine, and Debian's package of each."""

_HERE = Path(__file__).resolve()
# Modules/Setup.local: every module goes into the one executable.
_MODULES = _HERE.parent / "texts" / "python-modules.txt"
PROFILE = _HERE.parent / "python.profdata.xz"
"""How often each way through CPython is taken at the program's own work; ``tools.installer.profile`` writes it."""
_MAGIC = b"\xfflprofi\x81"
_MISMATCHED = re.compile(r"of \d+ functions?, (\d+) (?:has|have) mismatched data")
_MAY_MISMATCH = 20
"""Functions the profile may be wrong for: a few are of one name in Python and in the two helpers it is built with."""
_FLAGS = "-O2 -g0 -fPIC -fno-sanitize=all -fvisibility=hidden -Wno-date-time"


@dataclass(frozen=True)
class Source:
    """One source of Debian: its archive, and which of Debian's patches are applied (by name, in Debian's order)."""

    name: str
    patches: tuple[str, ...] = ()
    after: str = ""
    """Only the patches that follow this one in Debian's series."""


SOURCES = (
    Source("zlib"),
    Source("bzip2"),
    Source("xz-utils", patches=("0*",)),
    Source("libffi"),
    Source("sqlite3", patches=("41-*", "5?-*")),
    Source("openssl", patches=("*",)),
    # What stands before is how Debian lays its own Python out; what follows mends faults.
    Source("python3.11", patches=("*",), after="ntpath-import.diff"),
)


@dataclass(frozen=True)
class Tuning:
    """What CPython alone is compiled and linked with, after the flags of everything."""

    compiled: tuple[str, ...]
    linked: tuple[str, ...]


def obstacles() -> list[Say]:
    """Return why the runtime cannot be compiled on this machine; empty when it can."""
    found = []
    if os.uname().machine != "x86_64" or os.uname().sysname != "Linux":
        found.append(Say("Linux 版的运行环境只能在 x86_64 的 Linux 上编译", "the Linux runtime is compiled on x86_64 Linux only"))
    missing = [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        found.append(Say(
            f"缺编译用的程序，请先安装：apt-get install {' '.join(missing)}",
            f"programs to compile with are missing: apt-get install {' '.join(missing)}",
        ))
    if not fetch.APT_HELPER.is_file():
        found.append(Say("没有 apt，取不到 Debian 的源码", "there is no apt to fetch Debian's sources with"))
    return found


def build(cache: Path) -> Path:
    """Return the folder of the compiled runtime, from the cache or compiled now (some minutes).

    Raises:
        BuildTrouble: a download or a compile step failed.
    """
    ready = cache / "runtime" / f"linux-x86_64-{_key()}"
    if (ready / "bin" / "python3.11").is_file():
        return ready
    print(f"正在编译 Linux 的 Python 运行环境，要几分钟…… / compiling the Linux runtime, some minutes: {ready.name}")
    shop = workshop(cache / "runtime" / "work", cache)
    installed = compiled(shop, cache, tuned(shop))
    ready.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(ready, ignore_errors=True)
    installed.rename(ready)
    shutil.rmtree(shop.work)
    return ready


def workshop(work: Path, cache: Path) -> Workshop:
    """Return a fresh workshop in *work*, its compiler unpacked from the cache.

    Raises:
        BuildTrouble: the compiler could not be downloaded.
    """
    return Workshop(fresh(work), _compiler(cache))


def compiled(shop: Workshop, cache: Path, tuning: Tuning) -> Path:
    """Compile the libraries and CPython and return the folder of the runtime, still in the workshop.

    Raises:
        BuildTrouble: a download or a compile step failed.
    """
    files = fetch.archived(locks.read_archived(locks.LOCKS / "debian.lock"), cache)
    folders = {source.name: shop.unpack(source, files) for source in SOURCES}
    _libraries(shop, folders)
    installed = _python(shop, folders["python3.11"], tuning)
    _prepare(installed)
    licences(folders, installed)
    return installed


def _key() -> str:
    seen = hashlib.sha256()
    for file in (_HERE, _MODULES, PROFILE, locks.LOCKS / "debian.lock", locks.LOCKS / "build-tools.lock"):
        seen.update(file.read_bytes())
    return seen.hexdigest()[:12]


def tuned(shop: Workshop, profile: Path = PROFILE) -> Tuning:
    """Return the flags that lay CPython out along the packed *profile*, unpacked into the workshop.

    Raises:
        BuildTrouble: it is no profile, or none this compiler reads.
    """
    try:
        unpacked = lzma.decompress(profile.read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise _unusable(profile, Say(f"解不开：{error}", f"cannot be unpacked: {error}")) from error
    if not unpacked.startswith(_MAGIC):
        raise _unusable(profile, Say("不是 LLVM 的格式", "not LLVM's indexed form"))
    file = shop.work / "python.profdata"
    file.write_bytes(unpacked)
    use = f"-fprofile-instr-use={file}"
    (shop.work / "empty.c").touch()
    try:
        shop.run(["cc", use, "-Wno-profile-instr-unprofiled", "-c", "empty.c", "-o", "empty.o"], shop.work)
    except BuildTrouble as trouble:
        told = trouble.say.zh.strip().splitlines()[-1]
        raise _unusable(profile, Say(f"编译程序读不了：{told}", f"the compiler cannot read it: {told}")) from trouble
    return Tuning(("-O3", "-flto", use, "-Wno-profile-instr-unprofiled"), ("-flto", "-O3"))


def _unusable(profile: Path, reason: Say) -> BuildTrouble:
    return BuildTrouble(
        f"编译 Python 用的剖析数据 {profile.name} 不能用（{reason.zh}）。请运行 python -m tools.installer.profile 重做一份。",
        f"the profile {profile.name} is of no use ({reason.en}); make it anew with python -m tools.installer.profile",
    )


def check_fit(log: str) -> None:
    """See by the compiler's words in *log* that the profile was taken of these very sources.

    Raises:
        BuildTrouble: too many functions are not what they were.
    """
    mismatched = sum(int(found[1]) for found in _MISMATCHED.finditer(log))
    if mismatched > _MAY_MISMATCH:
        raise _unusable(PROFILE, Say(f"源码换过了，{mismatched} 个函数对不上", f"other sources: {mismatched} functions differ"))


def _compiler(cache: Path) -> Path:
    locked = [tool for tool in locks.read_wheels(locks.LOCKS / "build-tools.lock") if tool.name == "ziglang"]
    (wheel,) = fetch.wheels(locked, locks.LINUX_X86_64, cache)
    folder = cache / "compiler" / locked[0].sha256[:12]
    zig = folder / "ziglang" / "zig"
    if not zig.is_file():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(fresh(folder))
        zig.chmod(0o755)
    return zig


# Python's build looks for headers and libraries of this machine; what is linked must be ours alone.
_WRAPPER = """#!/bin/sh
for word do
    shift
    case $word in
        -I/usr/*|-L/usr/*|-L/lib*) ;;
        -Wl,-h*) set -- "$@" "-Wl,-soname,${{word#-Wl,-h}}" ;;
        *) set -- "$@" "$word" ;;
    esac
done
exec "{zig}" {command} "$@"
"""


class Workshop:
    """The folder where things are compiled, and the one compiler they are compiled with."""

    def __init__(self, work: Path, zig: Path) -> None:
        self.work = work
        self.library = work / "library"
        """Where headers and static libraries of our own go."""
        tools = work / "tools"
        for folder in (tools, self.library / "include", self.library / "lib"):
            folder.mkdir(parents=True)
        commands = {"cc": f"cc -target x86_64-linux-gnu.{GLIBC} -ffile-prefix-map={work}=/build",
                    "ar": "ar", "ranlib": "ranlib"}
        for name, command in commands.items():
            script = tools / name
            script.write_text(_WRAPPER.format(zig=zig, command=command), "utf-8")
            script.chmod(0o755)
        self.environment: Mapping[str, str] = {
            # by bare names, because OpenSSL keeps the compiler's command in itself
            "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(work), "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "SOURCE_DATE_EPOCH": str(EPOCH), "ZERO_AR_DATE": "1",
            "ZIG_GLOBAL_CACHE_DIR": str(work / "zig"), "ZIG_LOCAL_CACHE_DIR": str(work / "zig"),
            "CC": "cc", "AR": "ar", "RANLIB": "ranlib",
            "CFLAGS": _FLAGS, "PKG_CONFIG": "false",
        }

    def unpack(self, source: Source, files: Mapping[str, Path]) -> Path:
        """Unpack one source with its patches and return its folder."""
        folder = fresh(self.work / source.name)
        _untar(_one(files, f"{source.name}_*.orig.tar.*"), folder)
        (inner,) = [entry for entry in folder.iterdir() if entry.is_dir()]
        if source.patches:
            debian = fresh(self.work / f"{source.name}.debian")
            _untar(_one(files, f"{source.name}_*.debian.tar.*"), debian)
            for patch in wanted_patches(source, (debian / "debian/patches/series").read_text("utf-8")):
                self.run(["patch", "-p1", "-s", "-i", str(debian / "debian/patches" / patch)], inner)
        return inner

    def run(self, command: Sequence[str], folder: Path, **more: str) -> None:
        """Run one step with the compiler's environment; its words go to a log.

        Raises:
            BuildTrouble: it failed; the message has its last lines.
        """
        with (self.work / "log.txt").open("ab") as log:
            log.write(f"\n$ {' '.join(command)}\n".encode())
            log.flush()
            done = subprocess.run(
                list(command), cwd=folder, env={**self.environment, **more}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, check=False,
            )
        if done.returncode:
            tail = (self.work / "log.txt").read_text("utf-8", "replace")[-1500:]
            raise BuildTrouble(
                f"编译的这一步没有成功：{command[0]}（{folder.name}）。最后几行：\n{tail}",
                f"this step failed: {command[0]} in {folder.name}; the whole log is {self.work / 'log.txt'}",
            )

    def make(self, folder: Path, *targets: str, **more: str) -> None:
        """Run make with as many jobs as there are processors."""
        self.run(["make", f"-j{os.cpu_count() or 1}", *targets], folder, **more)


def wanted_patches(source: Source, series: str) -> list[str]:
    """Return the patches of Debian's *series* that are applied to *source*, in order."""
    names = [line.split()[0] for line in series.splitlines() if line.strip() and not line.startswith("#")]
    if source.after:
        names = names[names.index(source.after) + 1 :]
    return [name for name in names if any(fnmatchcase(name, pattern) for pattern in source.patches)]


def _one(files: Mapping[str, Path], pattern: str) -> Path:
    (name,) = [name for name in files if fnmatchcase(name, pattern)]
    return files[name]


def _untar(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="tar") if hasattr(tarfile, "tar_filter") else opened.extractall(folder)


def _libraries(shop: Workshop, at: Mapping[str, Path]) -> None:
    library = shop.library
    shop.run(["sh", "./configure", "--static", f"--prefix={library}"], at["zlib"])
    shop.make(at["zlib"], "install")
    shop.make(at["bzip2"], "libbz2.a", f"CC={shop.environment['CC']}", f"AR={shop.environment['AR']}",
              f"RANLIB={shop.environment['RANLIB']}", f"CFLAGS={_FLAGS} -D_FILE_OFFSET_BITS=64")
    shutil.copy(at["bzip2"] / "libbz2.a", library / "lib")
    shutil.copy(at["bzip2"] / "bzlib.h", library / "include")
    plain = [f"--prefix={library}", "--disable-shared", "--enable-static", "--with-pic"]
    shop.run(["sh", "./configure", *plain, "--disable-xz", "--disable-xzdec", "--disable-lzmadec", "--disable-doc",
              "--disable-lzmainfo", "--disable-scripts", "--disable-nls"], at["xz-utils"])
    shop.make(at["xz-utils"], "install")
    shop.run(["sh", "./configure", *plain, "--disable-docs", "--disable-multi-os-directory"], at["libffi"],
             CFLAGS=f"{_FLAGS} -Wno-error=implicit-function-declaration")
    shop.make(at["libffi"], "install")
    _sqlite(shop, at["sqlite3"])
    shop.run(["perl", "./Configure", "linux-x86_64", "no-shared", "no-tests", "no-dso", "no-engine", "no-module",
              "no-legacy", "--openssldir=/etc/ssl", "--libdir=lib", "--prefix=/usr", *_FLAGS.split()], at["openssl"],
             CFLAGS="")
    shop.make(at["openssl"], "build_generated", CFLAGS=_FLAGS)
    shop.make(at["openssl"], "libcrypto.a", "libssl.a", CFLAGS=_FLAGS)
    for name in ("libcrypto.a", "libssl.a"):
        shutil.copy(at["openssl"] / name, library / "lib")
    shutil.copytree(at["openssl"] / "include" / "openssl", library / "include" / "openssl")


_SQLITE = ("SQLITE_THREADSAFE=1", "SQLITE_ENABLE_FTS5", "SQLITE_ENABLE_RTREE", "SQLITE_ENABLE_MATH_FUNCTIONS",
           "SQLITE_ENABLE_DBSTAT_VTAB", "SQLITE_ENABLE_COLUMN_METADATA", "SQLITE_OMIT_LOAD_EXTENSION",
           "SQLITE_ENABLE_UPDATE_DELETE_LIMIT")


def _sqlite(shop: Workshop, at: Path) -> None:
    shop.run(["sh", "./configure", "--disable-tcl", "--disable-readline", "--disable-shared"], at)
    shop.run(["make", "sqlite3.c"], at)
    tools = shop.environment
    shop.run([tools["CC"], *_FLAGS.split(), *(f"-D{name}" for name in _SQLITE), "-c", "sqlite3.c", "-o", "sqlite3.o"], at)
    shop.run([tools["AR"], "rcs", str(shop.library / "lib" / "libsqlite3.a"), "sqlite3.o"], at)
    shutil.copy(at / "sqlite3.h", shop.library / "include")


def _python(shop: Workshop, at: Path, tuning: Tuning) -> Path:
    flags = _FLAGS.replace(" -fPIC", "").replace(" -fvisibility=hidden", "")
    (at / "Modules" / "Setup.local").write_text(
        _MODULES.read_text("utf-8").replace("{library}", str(shop.library)), "utf-8"
    )
    shop.run(["sh", "./configure", "--prefix=/opt/xinfang-desk/runtime", "--without-ensurepip",
              "--disable-test-modules", "--without-doc-strings", "--with-computed-gotos",
              "--without-readline", f"--with-openssl={shop.library}"], at,
             CFLAGS=flags, LDFLAGS="-s", ac_cv_buggy_getaddrinfo="no")
    # setup.py would build what is in the list a second time, as files of their own.
    (at / "setup.py").write_text("", "utf-8")
    # Only now, so that what is tuned decides nothing configure finds out.
    shop.make(at, "python", CFLAGS=" ".join([flags, *tuning.compiled]), LDFLAGS=" ".join(tuning.linked))
    check_fit((shop.work / "log.txt").read_text("utf-8", "replace"))
    installed = fresh(shop.work / "installed")
    (installed / "bin").mkdir()
    shutil.copy(at / "python", installed / "bin" / "python3.11")
    shutil.copytree(at / "Lib", installed / "lib" / "python3.11",
                    ignore=shutil.ignore_patterns("__pycache__", "*.pyc", *_NOT_SHIPPED))
    return installed


_NOT_SHIPPED = ("test", "tests", "idlelib", "lib2to3", "tkinter", "turtledemo", "turtle.py", "ensurepip", "venv",
                "pydoc_data", "*.exe", "*.bat", "__phello__", "__hello__.py", "antigravity.py", "this.py")


_BUILD_VARIABLES = """\
build_time_vars = {
    "EXT_SUFFIX": ".cpython-311-x86_64-linux-gnu.so",
    "MULTIARCH": "x86_64-linux-gnu",
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "SOABI": "cpython-311-x86_64-linux-gnu",
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo",
    "VERSION": "3.11",
}
"""


def _prepare(installed: Path) -> None:
    """Lay down what the library reads at start: the path to our packages, and how Python was built."""
    packages = installed / "lib" / "python3.11" / "site-packages"
    packages.mkdir(exist_ok=True)
    (packages / "README.txt").unlink(missing_ok=True)
    # Read at each start, also by a helper process and with -I; so nothing depends on the caller's environment.
    (packages / "xinfang.pth").write_text("../../../../app\n../../../../pkgs\n", "ascii")
    # Python's own file of this name is full of the build machine's paths, and used for compiling extensions.
    (packages.parent / "_sysconfigdata__linux_x86_64-linux-gnu.py").write_text(_BUILD_VARIABLES, "ascii")
    (installed / "lib" / "python3.11" / "lib-dynload").mkdir(exist_ok=True)
    (installed / "lib" / "python3.11" / "lib-dynload" / "README").write_text("all inside the executable\n", "ascii")


LICENCE_FILES = {
    "python3.11": "LICENSE", "openssl": "LICENSE.txt", "zlib": "README", "bzip2": "LICENSE", "libffi": "LICENSE",
    "xz-utils": "COPYING", "sqlite3": "LICENSE.md",
}


def licences(folders: Mapping[str, Path], installed: Path) -> None:
    """Keep the licence text of everything compiled in beside the runtime (collected into the tree later)."""
    kept = fresh(installed / "licences")
    for name, file in LICENCE_FILES.items():
        shutil.copyfile(folders[name] / file, kept / f"{name}.txt")
