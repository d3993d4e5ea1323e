"""How a network's steps and their settings are told to a student."""

from __future__ import annotations

from typing import Any

from course_lib.structure._graph import Node

SETTING_NAMES = {
    "units": "number of units",
    "filters": "number of filters",
    "kernel": "kernel size",
    "strides": "stride",
    "window": "window",
    "groups": "number of groups",
    "dilation": "dilation",
    "negative_slope": "slope for negative values",
    "fixed": "kind of weights",
}
_OPS = {
    "conv": "convolution",
    "dense": "fully connected layer",
    "batch_norm": "batch normalization",
    "max_pool": "max pooling",
    "average_pool": "average pooling",
    "global_average_pool": "global average pooling",
    "global_max_pool": "global max pooling",
    "add": "addition",
    "concat": "concatenation",
    "relu": "ReLU",
    "relu6": "ReLU6",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "log_softmax": "logarithm of a softmax",
    "pad": "zero padding",
    "pad_channels": "channels of zeros",
    "multiply": "product",
    "scale": "multiplication by a number",
    "bias": "addition of biases",
    "at_most_6": "minimum with 6",
    "subsample": "subsampling",
    "slice": "selection of a part",
    "get_item": "selection of a part",
    "shuffle": "channel shuffle",
    "transpose": "exchange of axes",
    "max": "maximum over some axes",
    "mean": "mean over some axes",
    "lambda": "Lambda layer",
    "true_divide": "division",
    "subtract": "subtraction",
    "part": "output",
}


def op_name(op: str) -> str:
    """What an op is called in words."""
    return _OPS.get(op, op.replace("_", " "))


def name_of(node: Node) -> str:
    if node.op in ("conv", "dense", "max_pool", "average_pool", "input"):
        return node.name or op_name(node.op)
    return f"{op_name(node.op)} `{node.name}`" if node.name else op_name(node.op)


def listed(nodes: list[Node]) -> str:
    names = [name_of(node) for node in nodes]
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def is_or_are(nodes: list[Node]) -> str:
    return "is" if len(nodes) == 1 else "are"


def describe(node: Node) -> str:
    """A node in a line: `3x3 convolution, 64 filters, stride 2`."""
    settings = node.settings
    words = [op_name(node.op)]
    if node.op == "conv":
        words = [f"{times(settings['kernel'])} convolution, {settings['filters']:,} filters"]
        words += [f"stride {times(settings['strides'])}"] if _not_one(settings["strides"]) else []
        words += [f"{settings['groups']} groups"] if settings["groups"] != 1 else []
        words += ["no bias"] if not settings["bias"] else []
    elif node.op == "dense":
        words = [f"fully connected layer, {settings['units']:,} units"]
    elif "window" in settings:
        words = [
            f"{times(settings['window'])} {op_name(node.op)}, stride {times(settings['strides'])}"
        ]
    sizes = " × ".join("?" if n is None else str(n) for n in node.shape[1:])
    return f"{', '.join(words)} → {sizes}"


def _not_one(values: Any) -> bool:
    return any(v != 1 for v in values)


def turned(want: Any, got: Any) -> bool:
    """Whether height and width stand in each other's place."""
    both = isinstance(want, (list, tuple)) and isinstance(got, (list, tuple))
    return both and list(want)[::-1] == list(got)


def times(values: Any) -> str:
    """`3×3`."""
    return (
        str(values[0]) if len(set(values)) == 1 and len(values) == 1 else "×".join(map(str, values))
    )


def value_of(key: str, node: Node) -> str:
    """A setting of a node in words."""
    value = node.settings.get(key)
    if value is None:
        return _UNSET.get(key, "none")
    if key == "padding":
        value = node.settings.get("written", value)
    if key in ("kernel", "window", "strides", "dilation") and isinstance(value, list):
        return times(value)
    if key == "padding" and isinstance(value, list):
        return _padding(value)
    if key == "bias":
        return "biases" if value else "no biases"
    return "fixed numbers" if key == "fixed" else str(value)


def _padding(pads: list[list[int]]) -> str:
    """Zeros before and after each axis in words."""
    if all(axis == pads[0] for axis in pads):
        before, after = pads[0]
        return f"{before} on each side" if before == after else f"{before} before and {after} after"
    sides = _SIDES if len(pads) == len(_SIDES) else [("before", "after")] * len(pads)
    words = [
        f"{before} {first} and {second}"
        if before == after
        else f"{before} {first} and {after} {second}"
        for (first, second), (before, after) in zip(sides, pads, strict=True)
    ]
    return ", ".join(words)


def padding_hint(want: Node, got: Node) -> str:
    """What usually makes the difference between two paddings."""
    wanted, mine = (node.settings.get("written", node.settings["padding"]) for node in (want, got))
    if isinstance(wanted, list) and isinstance(mine, list):
        is_even = all(before == after for before, after in wanted)
        more_after = [after - before for before, after in mine]
        if is_even and any(more_after) and min(more_after) >= 0:
            return (
                "Pad both sides alike with ZeroPadding2D and use `padding='valid'`: "
                "`padding='same'` with a stride would pad more at the bottom and the right."
            )
        if not any(map(any, mine)):
            return "No zeros are added, so the maps shrink: is `padding='same'` missing?"
        if not any(map(any, wanted)):
            return "Nothing is to be added here: is it `padding='valid'`?"
        if [sum(axis) for axis in wanted] == [sum(axis) for axis in mine]:
            return (
                "The maps have the right size, but all windows stand elsewhere: the zeros belong "
                "to the other side."
            )
    return "Another padding gives maps of another size: compare them with the slide's."


def window_hint(expected: list[Node], observed: list[Node]) -> str:
    """What is said of windows in the place of the whole map."""
    windows = [node.settings.get("window") for node in observed]
    if [f"global_{node.op}" for node in observed] != [node.op for node in expected] or not windows:
        return ""
    return (
        f"It takes windows of {times(windows[0])}, not each map as a whole." if windows[0] else ""
    )


_SIDES = [("above", "below"), ("left", "right")]
_UNSET = {"axis": "the last", "fixed": "weights that are trained", "negative_slope": "0"}
