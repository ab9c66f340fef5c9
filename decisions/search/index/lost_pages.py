"""Lets a search survive files of the index that become shorter, or unreadable, while it reads them.

The engine maps its files into memory. Where a file was truncated, or the disk fails, the kernel
sends SIGBUS to the thread that reads such a page, which ends the whole process. During a block of
`reading`, the thread gets a page of zeros instead, so that the engine comes to an end; whatever it
found is then discarded, by an error. Threads that write get no zeros: they would merge them into
new files. Their process ends, and the next writer finds the damage by its checksums.

This needs Linux with 64 bits; elsewhere the process ends as without it.
"""

import ctypes
import mmap
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Linux: `siginfo_t` has the reason at byte 8 and the address at byte 16; BUS_ADRERR is a page that
# has no bytes behind it.
_REASON_OFFSET, _ADDRESS_OFFSET = 8, 16
_BUS_ADRERR = 2
_SA_SIGINFO = 4
_MAP_FIXED, _MAP_FAILED = 0x10, ctypes.c_void_p(-1).value

_IS_SUPPORTED = sys.platform == "linux" and sys.maxsize > 2**32


class _SignalAction(ctypes.Structure):
    """`struct sigaction` of Linux's C libraries; the mask has 1,024 bits."""

    _fields_ = (
        ("handler", ctypes.c_void_p),
        ("mask", ctypes.c_ubyte * 128),
        ("flags", ctypes.c_int),
        ("restorer", ctypes.c_void_p),
    )


class LostPages(OSError):
    """A file of the index lost pages while it was read: nothing that was found is reliable."""


class _Thread(threading.local):
    depth = 0  # blocks of `reading` that this thread is in


_thread = _Thread()
_replaced = 0  # pages that this process has replaced
_install_lock = threading.Lock()
_is_installed = False


def replaced_pages() -> int:
    """How many pages this process has replaced: files opened before the last one have zeros."""
    return _replaced


@contextmanager
def reading() -> Iterator[None]:
    """Read an index in this block. Raises LostPages if this process lost pages meanwhile."""
    _install()
    before = _replaced
    _thread.depth += 1
    try:
        yield
    except Exception as error:
        if _replaced != before:
            raise _lost() from error
        raise
    finally:
        _thread.depth -= 1
    if _replaced != before:
        raise _lost()


def read_in_this_thread() -> None:
    """Treat all that this thread does as reading; whoever waits for its result is in `reading`."""
    _install()
    _thread.depth += 1


def _lost() -> LostPages:
    return LostPages("a file of the index became shorter or unreadable while it was read")


def _install() -> None:
    global _is_installed
    if _is_installed or not _IS_SUPPORTED:
        return
    with _install_lock:
        _set_handler(ctypes.cast(_handler, ctypes.c_void_p).value)
        _is_installed = True


def _set_handler(address: int | None) -> None:
    action = _SignalAction(handler=address, flags=_SA_SIGINFO if address else 0)
    if _libc.sigaction(int(signal.SIGBUS), ctypes.byref(action), None):
        raise OSError(ctypes.get_errno(), "sigaction")


def _handle(number: int, info: int, context: int) -> None:
    """Replace the page, or let the signal end the process: the thread then reads it once more."""
    try:
        is_replaced = _thread.depth > 0 and _replace_page(info)
    except BaseException:
        is_replaced = False
    if not is_replaced:
        _set_handler(None)


def _replace_page(info: int) -> bool:
    global _replaced
    reason = ctypes.c_int.from_address(info + _REASON_OFFSET).value
    address = ctypes.c_size_t.from_address(info + _ADDRESS_OFFSET).value
    if reason != _BUS_ADRERR:
        return False
    _replaced += 1
    page = _libc.mmap(
        address - address % mmap.PAGESIZE,
        mmap.PAGESIZE,
        mmap.PROT_READ,
        mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | _MAP_FIXED,
        -1,
        0,
    )
    return bool(page != _MAP_FAILED)


_libc = ctypes.CDLL(None, use_errno=True)
if _IS_SUPPORTED:
    _libc.mmap.restype = ctypes.c_void_p
    _libc.mmap.argtypes = (
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_int,
        ctypes.c_long,
    )
_handler = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(_handle)
