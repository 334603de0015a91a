"""A share whose server can be made to hang: a file system of our own, spoken to through /dev/fuse.

One folder of files that can be listed, read and removed; the least of the protocol of linux/fuse.h that this takes.
While it hangs, whoever asks the kernel for anything there hangs too, as on a hard NFS mount whose server is gone.
"""

import ctypes
import errno
import os
import select
import stat
import struct
import threading

DEVICE = "/dev/fuse"
LOOKUP, FORGET, GETATTR, UNLINK, OPEN, READ, STATFS, RELEASE, FLUSH, INIT = 1, 2, 3, 10, 14, 15, 17, 18, 25, 26
OPENDIR, READDIR, RELEASEDIR, INTERRUPT, BATCH_FORGET = 27, 28, 29, 36, 42
UNANSWERED = {FORGET, INTERRUPT, BATCH_FORGET}
EMPTY = {OPEN: 16, OPENDIR: 16, STATFS: 80, RELEASE: 0, RELEASEDIR: 0, FLUSH: 0}  # how many zero bytes answer it
ROOT = 1


class HangingShare:
    """Mounted at a folder when it is made; ``files`` are its files by name."""

    def __init__(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        self.files = {}
        self._numbers = {}
        self._handlers = {
            INIT: self._start,
            LOOKUP: self._look_up,
            GETATTR: self._describe,
            UNLINK: self._remove,
            READ: self._read,
            READDIR: self._list,
        }
        self._goes_on = threading.Event()
        self._goes_on.set()
        self._device = os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC)
        options = f"fd={self._device},rootmode=40000,user_id=0,group_id=0"
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mount(b"share", os.fsencode(folder), b"fuse", 0, options.encode()) != 0:
            raise OSError(ctypes.get_errno(), "cannot mount")
        threading.Thread(target=self._serve, daemon=True).start()

    def hang(self):
        self._goes_on.clear()

    def answer(self):
        self._goes_on.set()

    def _serve(self):
        while True:
            # Not read before it is to be answered: who waits for a request that was read cannot even be killed, which
            # is worse than an NFS mount does.
            select.select([self._device], [], [])
            self._goes_on.wait()
            request = os.read(self._device, 1 << 17)
            _, opcode, unique, node = struct.unpack_from("<IIQQ", request)
            if opcode in UNANSWERED:
                continue
            error, body = 0, b""
            try:
                body = self._answer(opcode, node, request[40:])
            except FileNotFoundError:
                error = -errno.ENOENT
            except NotImplementedError:
                error = -errno.ENOSYS
            os.write(self._device, struct.pack("<IiQ", 16 + len(body), error, unique) + body)

    def _answer(self, opcode, node, body):
        if opcode in EMPTY:
            return bytes(EMPTY[opcode])
        if opcode not in self._handlers:
            raise NotImplementedError
        return self._handlers[opcode](node, body)

    def _start(self, _node, _body):
        return struct.pack("<IIIIHHIIHHI28x", 7, 31, 65536, 0, 12, 9, 65536, 1, 0, 0, 0)

    def _look_up(self, _node, body):
        number = self._find(body.rstrip(b"\0").decode())
        return struct.pack("<QQQQII", number, 0, 0, 0, 0, 0) + self._attributes(number)

    def _describe(self, node, _body):
        return struct.pack("<QII", 0, 0, 0) + self._attributes(node)

    def _remove(self, _node, body):
        self._find(body.rstrip(b"\0").decode())
        del self.files[body.rstrip(b"\0").decode()]
        return b""

    def _read(self, node, body):
        _, offset, size = struct.unpack_from("<QQI", body)
        return self.files[self._name(node)][offset : offset + size]

    def _list(self, _node, body):
        offset = struct.unpack_from("<QQ", body)[1]
        entries = b""
        for place, name in enumerate(sorted(self.files), start=1):
            if place > offset:
                text = name.encode()
                entries += struct.pack("<QQII", self._find(name), place, len(text), 8) + text + bytes(-len(text) % 8)
        return entries

    def _find(self, name):
        if name not in self.files:
            raise FileNotFoundError(name)
        return self._numbers.setdefault(name, ROOT + 1 + len(self._numbers))

    def _name(self, node):
        names = {number: name for name, number in self._numbers.items()}
        if names.get(node) not in self.files:
            raise FileNotFoundError(node)
        return names[node]

    def _attributes(self, node):
        """No answer is ever kept by the kernel: all are valid for no time at all."""
        size = 0 if node == ROOT else len(self.files[self._name(node)])
        mode = stat.S_IFDIR | 0o755 if node == ROOT else stat.S_IFREG | 0o644
        return struct.pack("<QQQQQQIIIIIIIIII", node, size, 1, 9, 9, 9, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)
