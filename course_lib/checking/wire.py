"""Values as data: JSON plus safetensors, and the framed channel that carries them.

A *tree* is JSON in which arrays are references into a safetensors block. Everything that arrives
is treated as hostile: lengths are checked before anything is allocated, depth and size are
bounded, and nothing is ever evaluated or unpickled.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import time
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from course_lib._exceptions import CourseLibraryError
from course_lib.checking import forms
from course_lib.checking.room import Outline, Room, count_nodes

MAX_TREE_BYTES = 16 << 20  # the blueprint of ResNet-1202 has 5
MAX_TENSOR_BYTES = 256 << 20
ANY = Room(MAX_TENSOR_BYTES, MAX_TREE_BYTES, nodes=MAX_TREE_BYTES, characters=1 << 40)
MAX_DEPTH = 32
MAX_TEXT = 20_000
_HEADER = struct.Struct(">4sII")
_MAGIC = b"CNN1"
_NO_FORM = forms.Form("")
_DTYPES = frozenset(
    ["bool", "float16", "float32", "float64"]
    + [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]
)


class ProtocolError(CourseLibraryError):
    """What arrived is not a well-formed message."""


class Other:
    """A value that is not what anybody asks for: its type's name, a short repr, and its form.

    Attributes:
        form: how the value was given, a key of `forms.MEANINGS`; empty if that is not known.
        holds: the value itself as plain data, if it can be told.
    """

    def __init__(self, type_name: str, text: str, form: str = "", holds: Any = None) -> None:
        self.type_name = type_name
        self.text = text
        self.form = form
        self.holds = holds

    def __repr__(self) -> str:
        return self.text


class _Packed(dict[str, np.ndarray]):
    """The arrays of a value that is packed, and how much more there is room for."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._bytes = room.array_bytes
        self._characters = room.characters
        self.nodes = room.nodes

    def fits(self, array: np.ndarray) -> bool:
        """Whether there is room for an array, which is then taken."""
        if array.nbytes > self._bytes:
            return False
        self._bytes -= array.nbytes
        return True

    def cut(self, text: str) -> str:
        """As much of a text as there is room for."""
        kept = str(text)[: min(MAX_TEXT, self._characters)]
        self._characters -= len(kept)
        return kept


def pack(value: Any, room: Room = ANY) -> tuple[Any, dict[str, np.ndarray]]:
    """Turn a value into a JSON tree and the arrays it refers to.

    Lists, tuples, dictionaries with text keys, numbers, text, `None` and arrays (NumPy, Keras,
    TensorFlow, JAX) are kept, and what is the same in another form (`forms`) is made one of them;
    anything else becomes an `Other`. Of what there is no room for, the `Outline` is kept.
    """
    arrays = _Packed(room)
    return _pack(value, arrays, 0), dict(arrays)


def _pack(value: Any, arrays: _Packed, depth: int, counted: bool = False) -> Any:
    """One part of a value; `counted` says that it is part of something that has room."""
    arrays.nodes -= 1
    if depth >= MAX_DEPTH:
        return _pack_other(_other(value), arrays, depth)
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return forms.number(value)
    if isinstance(value, str):
        return arrays.cut(value)
    if isinstance(value, Outline):
        return {"$outline": list(value.shape)}
    if isinstance(value, (dict, list, tuple)) and not counted:
        counted = count_nodes(value, arrays.nodes) <= arrays.nodes
        if not counted and isinstance(value, dict):
            return {"$other": ["builtins.dict", f"a dictionary of {len(value):,} entries"]}
        if not counted:
            return _pack(Outline.of(value), arrays, depth)
    if isinstance(value, list):
        return [_pack(item, arrays, depth + 1, counted) for item in value]
    if isinstance(value, tuple):
        return {"$tuple": [_pack(item, arrays, depth + 1, counted) for item in value]}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        pairs = value.items()
        return {"$dict": [[arrays.cut(k), _pack(v, arrays, depth + 1, counted)] for k, v in pairs]}
    if isinstance(value, Other):
        return _pack_other(value, arrays, depth)
    array = _as_array(value)
    plain = forms.opened(value) if array is None else forms.opened_array(array)
    if isinstance(plain, forms.Form):
        return _pack_other(_other(value, plain), arrays, depth)
    if isinstance(plain, np.ndarray) and plain.dtype.name in _DTYPES:
        if not arrays.fits(plain):
            return _pack(Outline.of(plain), arrays, depth)
        key = str(len(arrays))
        arrays[key] = _own(plain)
        return {"$array": key}
    if plain is value or isinstance(plain, np.ndarray):
        return _pack_other(_other(value), arrays, depth)
    return _pack(plain, arrays, depth + 1)


def _as_array(value: Any) -> np.ndarray | None:
    """A value that is an array as NumPy's, of whatever numbers; `None` if it is none."""
    if isinstance(value, np.ndarray):
        return value
    is_array = hasattr(value, "__array__") and hasattr(value, "shape")
    if not is_array and not hasattr(value, "__array_interface__"):
        return None
    try:
        if hasattr(value, "detach"):  # PyTorch's: one that is part of a graph has no array.
            value = value.detach().cpu()
        return np.asarray(value)
    except Exception:
        return None


def _own(array: np.ndarray) -> np.ndarray:
    """A copy that nobody else writes to, in the order and the bytes that safetensors has."""
    # `ascontiguousarray` would turn a 0-d array into a 1-d one.
    return np.array(array, dtype=array.dtype.newbyteorder("="), order="C", copy=True, subok=False)


def _other(value: Any, form: forms.Form = _NO_FORM) -> Other:
    kind = type(value)
    try:
        text = repr(value)
    except Exception:
        text = "<repr failed>"
    return Other(f"{kind.__module__}.{kind.__qualname__}", text, form.name, form.holds)


def _pack_other(value: Other, arrays: _Packed, depth: int) -> Any:
    parts: list[Any] = [value.type_name[:200], value.text[:300]]
    if value.form:
        parts += [value.form, _pack(value.holds, arrays, depth + 1)]
    return {"$other": parts}


def unpack(tree: Any, arrays: dict[str, np.ndarray]) -> Any:
    """The inverse of `pack`.

    Raises:
        ProtocolError: if the tree is not one that `pack` could have made.
    """
    return _unpack(tree, arrays, 0)


def _unpack(tree: Any, arrays: dict[str, np.ndarray], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise ProtocolError("value nested too deeply")
    if tree is None or isinstance(tree, (bool, float, str)):
        return tree
    if isinstance(tree, int) and abs(tree) < 2**63:
        return tree
    if isinstance(tree, list):
        return [_unpack(item, arrays, depth + 1) for item in tree]
    if isinstance(tree, dict) and len(tree) == 1:
        ((tag, body),) = tree.items()
        if tag == "$tuple" and isinstance(body, list):
            return tuple(_unpack(item, arrays, depth + 1) for item in body)
        if tag == "$array" and isinstance(body, str) and body in arrays:
            return arrays[body]
        if tag == "$outline" and _is_shape(body):
            return Outline(tuple(body))
        if tag == "$other" and isinstance(body, list) and _is_texts(body[:3], len(body[:3])):
            return _unpack_other(body, arrays, depth)
        if tag == "$dict" and isinstance(body, list):
            if not all(isinstance(p, list) and len(p) == 2 and isinstance(p[0], str) for p in body):
                raise ProtocolError("malformed dictionary")
            return {key: _unpack(item, arrays, depth + 1) for key, item in body}
    raise ProtocolError("unknown value in message")


def _unpack_other(body: list[Any], arrays: dict[str, np.ndarray], depth: int) -> Other:
    if len(body) == 2:
        return Other(body[0][:200], body[1][:300])
    if len(body) == 4 and body[2] in forms.MEANINGS:
        holds = _unpack(body[3], arrays, depth + 1)
        return Other(body[0][:200], body[1][:300], body[2], holds)
    raise ProtocolError("malformed value")


def _is_shape(body: Any) -> bool:
    return (
        isinstance(body, list)
        and len(body) <= MAX_DEPTH
        and all(type(size) is int and 0 <= size < 2**63 for size in body)
    )


def _is_texts(body: Any, length: int) -> bool:
    return isinstance(body, list) and len(body) == length and all(isinstance(t, str) for t in body)


def encode_json(tree: Any) -> bytes:
    """Deterministic JSON bytes."""
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


_TEXTS = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)


def decode_json(raw: bytes, most_parts: int = ANY.parts) -> Any:
    """Parse JSON of bounded depth and width.

    Raises:
        ProtocolError: if it is not JSON, has more parts, or is nested deeper than any message can
            be.
    """
    if len(raw) > 2 * most_parts:  # Before it is parsed: an empty list takes 2 bytes here, 56 then.
        bare = _TEXTS.sub(b"", raw)
        if bare.count(b",") + bare.count(b"[") + bare.count(b"{") > most_parts:
            raise ProtocolError("message with too many parts")
    try:
        tree = json.loads(raw.decode())
        if b"\\ud" in raw.lower():
            tree = writable(tree)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("message is not JSON") from error
    # Each level of a value costs up to three levels of JSON.
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > 3 * MAX_DEPTH + 8:
            raise ProtocolError("message nested too deeply")
        level = [
            child
            for node in level
            if isinstance(node, (list, dict))
            for child in (node.values() if isinstance(node, dict) else node)
        ]
    return tree


def writable(tree: Any) -> Any:
    """A JSON tree with question marks for lone surrogates, which no UTF-8 file can hold."""
    return json.loads(json.dumps(tree, ensure_ascii=False).encode("utf-8", "replace"))


def encode_arrays(arrays: dict[str, np.ndarray]) -> bytes:
    """safetensors bytes; empty for no arrays."""
    return save_tensors(arrays) if arrays else b""


def decode_arrays(raw: bytes) -> dict[str, np.ndarray]:
    """Parse safetensors bytes.

    Raises:
        ProtocolError: if they are malformed or hold a type that is not allowed.
    """
    if not raw:
        return {}
    try:
        arrays = load_tensors(raw)
    except (SafetensorError, ValueError, TypeError, KeyError, OverflowError) as error:
        raise ProtocolError("malformed tensors") from error
    for array in arrays.values():
        if array.dtype.name not in _DTYPES:
            raise ProtocolError(f"tensor type {array.dtype.name} is not allowed")
    return arrays


def encode(value: Any) -> tuple[bytes, bytes]:
    """A value as JSON and as safetensors, the same bytes every time."""
    tree, arrays = pack(value)
    return encode_json(tree), encode_arrays(arrays)


def decode(text: bytes, block: bytes) -> Any:
    """The inverse of `encode`.

    Raises:
        ProtocolError: if these are not bytes that `encode` could have made.
    """
    return unpack(decode_json(text), decode_arrays(block))


def to_bytes(value: Any) -> bytes:
    """A value as one block: the length of its JSON, the JSON, the safetensors."""
    text, block = encode(value)
    return len(text).to_bytes(8, "little") + text + block


def from_bytes(raw: bytes) -> Any:
    """The inverse of `to_bytes`.

    Raises:
        ProtocolError: if it is not such a block.
    """
    middle = 8 + int.from_bytes(raw[:8], "little")
    return decode(raw[8:middle], raw[middle:])


class Channel:
    """Length-prefixed messages over a stream socket.

    A message is a JSON object and a dictionary of arrays. `receive` enforces the caps before it
    reads, and a deadline while it reads.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._buffer = bytearray()
        self._leaving = bytearray()

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def send(
        self,
        message: dict[str, Any],
        arrays: dict[str, np.ndarray] | None = None,
        timeout_seconds: float | None = None,
    ) -> None:
        """Send one message.

        Raises:
            OSError: the peer is gone.
            TimeoutError: it did not take all of it in time. `flush`, or the next message, goes on
                from there.
        """
        tree, block = encode_json(message), encode_arrays(arrays or {})
        if len(tree) > MAX_TREE_BYTES or len(block) > MAX_TENSOR_BYTES:
            raise ValueError(
                f"Message too large: {len(tree)} bytes of JSON and {len(block)} bytes of arrays. "
                f"At most {MAX_TREE_BYTES} and {MAX_TENSOR_BYTES} are carried."
            )
        for part in (_HEADER.pack(_MAGIC, len(tree), len(block)), tree, block):
            self._leaving += part
        self.flush(timeout_seconds)

    def flush(self, timeout_seconds: float | None = None) -> None:
        """Send what is left of earlier messages.

        Raises:
            OSError: the peer is gone.
            TimeoutError: it did not take all of it in time.
        """
        deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
        while self._leaving:
            self._socket.settimeout(_remaining(deadline))
            del self._leaving[: self._socket.send(self._leaving[: 1 << 20])]

    def receive(
        self, timeout_seconds: float | None = None, room: Room = ANY
    ) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """Receive one message, which may be so large.

        Raises:
            ProtocolError: malformed or oversized message.
            EOFError: the peer is gone.
            TimeoutError: nothing complete arrived in time. What did arrive is kept, and the next
                call goes on from there.
        """
        deadline = None if timeout_seconds is None else time.monotonic() + timeout_seconds
        self._fill(_HEADER.size, deadline)
        magic, tree_bytes, block_bytes = _HEADER.unpack_from(self._buffer)
        if magic != _MAGIC or tree_bytes > room.tree_bytes or block_bytes > room.array_bytes:
            raise ProtocolError("bad message header")
        middle = _HEADER.size + tree_bytes
        end = middle + block_bytes
        self._fill(end, deadline)
        tree, block = bytes(self._buffer[_HEADER.size : middle]), bytes(self._buffer[middle:end])
        del self._buffer[:end]
        message, arrays = decode_json(tree, room.parts), decode_arrays(block)
        if not isinstance(message, dict):
            raise ProtocolError("message is not an object")
        return message, arrays

    def _fill(self, count: int, deadline: float | None) -> None:
        """Read until the buffer holds at least `count` bytes."""
        while len(self._buffer) < count:
            self._socket.settimeout(_remaining(deadline))
            try:
                chunk = self._socket.recv(min(count - len(self._buffer), 1 << 20))
            except ConnectionError as error:
                raise EOFError("the peer is gone") from error
            if not chunk:
                raise EOFError("the peer is gone")
            self._buffer += chunk


def _remaining(deadline: float | None) -> float | None:
    """Seconds until then; raises TimeoutError if there are none."""
    remaining = None if deadline is None else deadline - time.monotonic()
    if remaining is not None and remaining <= 0:
        raise TimeoutError("no complete message in time")
    return remaining
