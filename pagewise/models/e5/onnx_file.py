"""An ONNX model written by hand: the few messages of its format (Protocol Buffers) that it takes.

The package `onnx` would do the same for 20 MB more to install. The numbers of fields are those of
onnx.proto, whose numbers never change.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

IR_VERSION, OPSET = 8, 17
MICROSOFT = "com.microsoft"
"""The operators that onnxruntime adds to the standard's."""
TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
Dimension = int | str
Attribute = int | float | Sequence[int]


class OnnxGraph:
    """A graph under construction: each step gives the name of a value for the steps after it."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []

    def input(self, name: str, shape: Sequence[Dimension]) -> str:
        """Floats that each run brings."""
        self._inputs.append(_bytes(11, _value(name, shape)))
        return name

    def output(self, name: str, shape: Sequence[Dimension]) -> None:
        """Floats that each run gives."""
        self._outputs.append(_bytes(12, _value(name, shape)))

    def constant(self, value: npt.NDArray[np.generic] | np.generic) -> str:
        """A tensor that belongs to the model."""
        name = f"constant{len(self._constants)}"
        self._constants.append(_bytes(5, _tensor(name, np.asarray(value))))
        return name

    def node(self, operator: str, *inputs: str, domain: str = "", **options: Attribute) -> str:
        """An operator with one output; an input that is left out is an empty name."""
        return self.nodes(operator, *inputs, outputs=1, domain=domain, **options)[0]

    def nodes(
        self, operator: str, *inputs: str, outputs: int, domain: str = "", **options: Attribute
    ) -> list[str]:
        """An operator with several outputs."""
        names = [f"value{len(self._nodes)}.{place}" for place in range(outputs)]
        message = b"".join(_bytes(1, name.encode()) for name in inputs)
        message += b"".join(_bytes(2, name.encode()) for name in names)
        message += _bytes(4, operator.encode())
        message += b"".join(_attribute(name, value) for name, value in options.items())
        self._nodes.append(_bytes(1, message + _bytes(7, domain.encode())))
        return names

    def to_bytes(self) -> bytes:
        """The model as a file would hold it."""
        parts = [*self._nodes, _bytes(2, b"graph"), *self._constants]
        graph = b"".join([*parts, *self._inputs, *self._outputs])
        opsets = _opset("", OPSET) + _opset(MICROSOFT, 1)
        return _int(1, IR_VERSION) + _bytes(7, graph) + opsets


def _opset(domain: str, version: int) -> bytes:
    return _bytes(8, _bytes(1, domain.encode()) + _int(2, version))


def _value(name: str, shape: Sequence[Dimension]) -> bytes:
    sizes = (_int(1, one) if isinstance(one, int) else _bytes(2, one.encode()) for one in shape)
    tensor = _int(1, TYPES["float32"]) + _bytes(2, b"".join(_bytes(1, size) for size in sizes))
    return _bytes(1, name.encode()) + _bytes(2, _bytes(1, tensor))


def _tensor(name: str, value: npt.NDArray[np.generic]) -> bytes:
    shape = b"".join(_int(1, size) for size in value.shape)
    kind = _int(2, TYPES[value.dtype.name])
    return shape + kind + _bytes(8, name.encode()) + _bytes(9, value.tobytes())


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, float):
        body = _varint(2 << 3 | 5) + struct.pack("<f", value) + _int(20, 1)
    elif isinstance(value, int):
        body = _int(3, value) + _int(20, 2)
    else:
        body = b"".join(_int(8, number) for number in value) + _int(20, 7)
    return _bytes(5, _bytes(1, name.encode()) + body)


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; a negative number as 64 bits."""
    value &= 2**64 - 1
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
