"""Multiply-adds of dense layers, embeddings and merging products."""

from __future__ import annotations

from course_lib.blueprints import Shape
from course_lib.costs._registry import Call, Unsupported, layers, per_example, size, with_bias


@layers("Dense")
def dense(call: Call) -> int:
    """Inputs times units, at every position where the layer is applied."""
    positions = size(call.output[1:-1])
    units = size(call.output[-1:])
    return with_bias(call, positions * size(call.input[-1:]) * units, positions * units)


@layers("EinsumDense")
def einsum_dense(call: Call) -> int:
    """One MAC for every combination of values of all indices in the equation."""
    macs = einsum(call.config["equation"], [call.input, None], call.output)
    if call.conventions.bias_macs and call.config.get("bias_axes"):
        macs += per_example(call.output)
    return macs


def einsum(equation: str, inputs: list[Shape | None], output: Shape) -> int:
    """Counts an einsum from the shapes that are known; `None` stands for an unknown operand.

    Args:
        equation: Such as `"abc,cd->abd"`.
        inputs: Shape of each operand, or `None`.
        output: Shape of the result.
    """
    left, _, right = equation.replace(" ", "").partition("->")
    sizes: dict[str, int | None] = {}
    for letters, shape in [*zip(left.split(","), inputs, strict=True), (right, output)]:
        if shape is None:
            continue
        names = _names(letters, len(shape))
        for index, (name, length) in enumerate(zip(names, shape, strict=True)):
            if sizes.get(name) in (None, 1):  # an ellipsis may broadcast
                sizes[name] = 1 if index == 0 and length is None else length
    for letters in left.split(","):
        if any(name not in sizes for name in letters.replace(".", "")):
            raise Unsupported("its equation has an index of unknown length")
    return size(sizes.values())


def _names(letters: str, rank: int) -> list[str]:
    if "..." not in letters:
        if len(letters) != rank:
            raise Unsupported("its equation does not fit the shapes")
        return list(letters)
    before, after = letters.split("...")
    hidden = rank - len(before) - len(after)
    # Counted from the right, as broadcasting aligns them.
    return [*before, *(f"...{index}" for index in range(hidden, 0, -1)), *after]


@layers("ReversibleEmbedding")
def reversible_embedding(call: Call) -> int:
    """A lookup is free; used in reverse it is a dense layer onto the vocabulary."""
    if not call.arguments["kwargs"].get("reverse", False):
        return 0
    return per_example(call.output) * size(call.input[-1:])


@layers("Dot")
def dot(call: Call) -> int:
    """A batched product of two inputs along one axis of each."""
    axes = call.config["axes"]
    axis = axes[0] if isinstance(axes, (list, tuple)) else axes
    return per_example(call.output) * size([call.input[axis]])
