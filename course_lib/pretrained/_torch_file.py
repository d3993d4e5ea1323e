"""Read the tensors of a PyTorch file without PyTorch, and without running what it says.

A PyTorch file of the time before version 1.6 is five pickles and the numbers behind them. A pickle
is a program: loading one can call any function. Here it can build dictionaries and tensors, and
everything else that it asks for is refused.
"""

from __future__ import annotations

import collections
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib._exceptions import CourseLibraryError

_MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001


class TorchFileError(CourseLibraryError, ValueError):
    """A file is not what a PyTorch file of tensors should be."""


@dataclass(frozen=True)
class _Numbers:
    """A kind of storage, in place of the class that the file names."""

    dtype: str


@dataclass(eq=False)
class _Storage:
    """A run of numbers that stands behind the pickles; its values are read last."""

    dtype: str
    size: int
    values: np.ndarray = field(default_factory=lambda: np.zeros(0))


@dataclass(frozen=True, eq=False)
class _View:
    """A tensor: how it lies in its storage."""

    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def array(self, name: str) -> np.ndarray:
        if len(self.strides) != len(self.shape) or min((*self.shape, *self.strides), default=0) < 0:
            raise TorchFileError(
                f"The tensor {name!r} must have as many strides as axes, none of them negative. "
                f"Received: shape {self.shape}, strides {self.strides}"
            )
        reach = sum((n - 1) * stride for n, stride in zip(self.shape, self.strides, strict=True))
        if self.offset < 0 or (
            0 not in self.shape and self.offset + reach >= len(self.storage.values)
        ):
            raise TorchFileError(f"The tensor {name!r} reaches beyond its storage.")
        values = self.storage.values[self.offset :]
        strides = [stride * values.itemsize for stride in self.strides]
        # Safe: the last value was just seen to lie in the storage.
        return np.lib.stride_tricks.as_strided(values, self.shape, strides, writeable=False)


def _view(
    storage: Any, offset: Any, shape: Any, strides: Any, requires_grad: Any = False, *_: Any
) -> _View:
    """What `torch._utils._rebuild_tensor_v2` stands for."""
    numbers = [offset, *shape, *strides]
    if not isinstance(storage, _Storage) or not all(type(n) is int for n in numbers):
        raise TorchFileError("A tensor must be a storage, an offset, a shape and strides.")
    return _View(storage, offset, tuple(shape), tuple(strides))


_ALLOWED: dict[tuple[str, str], Callable[..., Any] | _Numbers] = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _view,
    ("torch", "FloatStorage"): _Numbers("<f4"),
    ("torch", "LongStorage"): _Numbers("<i8"),
}


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file)
        self.storages: dict[str, _Storage] = {}

    def find_class(self, module: str, name: str) -> Any:
        try:
            return _ALLOWED[module, name]
        except KeyError:
            raise TorchFileError(
                f"The file asks for `{module}.{name}`; only dictionaries and tensors of numbers "
                "are allowed in a file of weights. It was not loaded."
            ) from None

    def persistent_load(self, pid: Any) -> _Storage:
        match pid:
            case ("storage", _Numbers(dtype), str(key), _, int(size), None) if size >= 0:
                return self.storages.setdefault(key, _Storage(dtype, size))
        raise TorchFileError(f"A storage of numbers was expected. Received: {pid!r:.80}")


def read_torch_file(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of a PyTorch file in the format that was usual before PyTorch 1.6.

    Nothing but dictionaries and tensors of float32 and int64 numbers can be in it.

    Args:
        content: the bytes of the file.

    Returns:
        Arrays by name, in the file's order. They are read-only.

    Raises:
        TorchFileError: if the file is another kind of file, is damaged, or asks for anything else.
    """
    file = io.BytesIO(content)
    try:
        header = [_Unpickler(file).load() for _ in range(3)]
        if header[:2] != [_MAGIC_NUMBER, _PROTOCOL] or header[2].get("little_endian") is not True:
            raise TorchFileError("This is not a PyTorch file of the format before PyTorch 1.6.")
        unpickler = _Unpickler(file)
        tensors = unpickler.load()
        keys = _Unpickler(file).load()
    except TorchFileError:
        raise
    except Exception as error:  # a damaged pickle may raise nearly anything
        raise TorchFileError(f"This is not a PyTorch file, or it is damaged: {error}") from error
    if not isinstance(keys, list) or sorted(map(str, keys)) != sorted(unpickler.storages):
        raise TorchFileError("The file's storages are not the ones that its tensors use.")
    for key in keys:
        _fill(unpickler.storages[key], file)
    if not isinstance(tensors, Mapping):
        raise TorchFileError(f"The file must hold a dictionary. Received: {type(tensors).__name__}")
    for name, tensor in tensors.items():
        if not isinstance(name, str) or not isinstance(tensor, _View):
            raise TorchFileError(f"The entry {name!r:.80} must be a tensor with a name.")
    return {name: tensor.array(name) for name, tensor in tensors.items()}


def _fill(storage: _Storage, file: io.BytesIO) -> None:
    """Read the values of a storage: how many they are, then the numbers."""
    size = int.from_bytes(file.read(8), "little", signed=True)
    content = file.read(size * np.dtype(storage.dtype).itemsize) if size == storage.size else b""
    if len(content) != storage.size * np.dtype(storage.dtype).itemsize:
        raise TorchFileError(f"A storage must have {storage.size} numbers; the file is damaged.")
    storage.values = np.frombuffer(content, storage.dtype)
