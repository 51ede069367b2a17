"""Frames over a stream socket: a count, the length of each frame, then the frames. And sockets over a socket."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from jupyter_client.session import DELIM, Session

LARGEST_REQUEST = 1 << 20
"""Bytes of the longest request to a parent; an environment has its place in it."""

READY = b"ready"
"""What a parent of sessions says once it can be asked."""


def packed(frames: Sequence[bytes | memoryview]) -> bytes:
    """The frames as they go over the wire.

    >>> unpacked = Unpacker()
    >>> list(unpacked.feed(packed([b"a", b""]) + packed([b"bc"])))
    [[b'a', b''], [b'bc']]
    """
    views = [memoryview(frame).cast("B") for frame in frames]
    return b"".join([struct.pack(f"!I{len(views)}Q", len(views), *map(len, views)), *views])


class Unpacker:
    """Takes bytes as they come, and gives the messages that are whole."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> Iterator[list[bytes]]:
        """The messages that are whole with ``data``, each a list of frames."""
        self._bytes += data
        while (message := self._message()) is not None:
            yield message

    def _message(self) -> list[bytes] | None:
        if len(self._bytes) < 4:
            return None
        (count,) = struct.unpack_from("!I", self._bytes)
        begin = 4 + 8 * count
        if len(self._bytes) < begin:
            return None
        lengths = struct.unpack_from(f"!{count}Q", self._bytes, 4)
        if len(self._bytes) < begin + sum(lengths):
            return None
        frames = []
        for length in lengths:
            frames.append(bytes(self._bytes[begin : begin + length]))
            begin += length
        del self._bytes[:begin]
        return frames


def session(parent: Any = None) -> Session:
    """A session of Jupyter's protocol whose messages are not signed: they do not leave the machine."""
    made = Session(parent=parent, key=b"not used")
    made.auth, made.check_pid = None, False
    return made


def message(frames: Sequence[bytes]) -> dict[str, Any]:
    """The message of Jupyter's protocol that came in these frames, as `Session.deserialize` gives it.

    Which looks for dates in all that it reads; nbclient asks for that of the header alone.
    """
    at = frames.index(DELIM) + 2
    header, parent, metadata, content = (json.loads(each.decode(errors="replace")) for each in frames[at : at + 4])
    header["date"] = datetime.fromisoformat(header["date"])
    return {
        "header": header,
        "msg_id": header["msg_id"],
        "msg_type": header["msg_type"],
        "parent_header": parent,
        "metadata": metadata,
        "content": content,
        "buffers": [memoryview(frame) for frame in frames[at + 4 :]],
    }


def ask(control: socket.socket, request: dict[str, Any], descriptors: Sequence[int]) -> None:
    """Send a request to a parent, and with it the descriptors that it is about."""
    socket.send_fds(control, [json.dumps(request).encode()], list(descriptors))


def asked(control: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """The next request and its descriptors; None where nobody asks any more."""
    data, descriptors, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 16)
    return (json.loads(data), descriptors) if data else None


def control_pair() -> tuple[socket.socket, socket.socket]:
    """Two ends for requests: each is one packet, so that requests cannot run into each other."""
    pair = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in pair:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LARGEST_REQUEST)
    return pair
