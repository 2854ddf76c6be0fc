"""Results that wait to be sent: files without a name, which the disk gets back when they are closed."""

import io
import os
import threading
from collections.abc import Callable


class Spool:
    """The room that results may take on disk, all together.

    Args:
        most: bytes.
    """

    def __init__(self, most: int) -> None:
        """Nothing is kept yet."""
        self._left = most
        self._lock = threading.Lock()

    @property
    def left(self) -> int:
        """Bytes that are free."""
        with self._lock:
            return self._left

    def reserve(self, size: int) -> bool:
        """Take so many bytes for a result to come; False if there is no room."""
        with self._lock:
            if self._left < size:
                return False
            self._left -= size
            return True

    def release(self, size: int) -> None:
        """Give back so many bytes."""
        with self._lock:
            self._left += size

    def keep(self, descriptor: int) -> "Kept":
        """The open file with this descriptor, from its beginning; its bytes count until it is closed."""
        return Kept(descriptor, self)


class Kept(io.FileIO):
    """A result that waits to be sent.

    Args:
        descriptor: of the open file.
        spool: where its bytes count until it is closed.
    """

    def __init__(self, descriptor: int, spool: Spool) -> None:
        """Stand at the beginning."""
        super().__init__(descriptor, "rb")
        self._spool, self._size = spool, os.fstat(descriptor).st_size
        self.then: Callable[[], None] = lambda: None
        spool.release(-self._size)
        self.seek(0)

    def close(self) -> None:
        """Close the file, give its room back, and do what is to be done then."""
        if not self.closed:
            self._spool.release(self._size)
            self.then()
        super().close()
