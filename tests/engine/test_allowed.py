"""What a task allows: every route to something else is refused, and no honest style is."""

from __future__ import annotations

import functools
import importlib
import logging
import math
import sys
import threading
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

import keras
import numpy as np
import pytest
import scipy.linalg
import scipy.signal
import scipy.sparse
import scipy.special
import tensorflow as tf

from autograder.submission.prohibitions import StudentCode
from course_lib.checking import CallFunction, Observation, run_probe
from course_lib.checking.families import FAMILIES

ARRAYS = ("arrays", "activations")
IMAGES = np.random.default_rng(0).normal(size=(2, 7, 7, 3)).astype("float32")
KERNEL = np.random.default_rng(1).normal(size=(3, 3, 3, 2)).astype("float32")
ROW, TAPS = IMAGES[0, 0, :, 0], KERNEL[0, :, 0, 0]

layer = keras.layers.Conv2D(2, 3)
network = keras.Sequential([keras.Input((7, 7, 3)), layer])
traced = tf.function(lambda x, k: tf.nn.conv2d(x, k, 1, "VALID"))
traced(IMAGES, KERNEL)
bound = layer.call
partial = functools.partial(tf.nn.conv2d, filters=KERNEL, strides=1, padding="VALID")
c_function = np._core.multiarray.correlate
below = import_module("tensorflow.python.ops.gen_nn_ops")
eager = import_module("tensorflow.python.eager.execute")
context = import_module("tensorflow.python.eager.context")
fast = import_module("tensorflow.python.pywrap_tfe").TFE_Py_FastPathExecute
put_together = getattr(scipy.special, "soft" + "max")
VALID = [1, 1, 1, 1], "VALID"


def in_a_thread() -> Any:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(partial(IMAGES)))
    with warnings.catch_warnings(action="ignore"):
        thread.start()
        thread.join()
    return found


def caught() -> Any:
    try:
        return partial(IMAGES)
    except BaseException:
        return partial(IMAGES)


def profiled() -> Any:
    sys.setprofile(None)
    return partial(IMAGES)


ROUTES: dict[str, Callable[[], Any]] = {
    "three dimensions": lambda: tf.nn.conv3d(IMAGES[:, None], KERNEL[None], [1] * 5, "VALID"),
    "raw": lambda: tf.raw_ops.Conv2D(input=IMAGES, filter=KERNEL, strides=[1] * 4, padding="VALID"),
    "below": lambda: below.conv2d(IMAGES, KERNEL, *VALID),
    "lowest": lambda: fast(
        context.context(), "Conv2D", None, IMAGES, KERNEL, "strides", [1] * 4, "padding", "VALID"
    ),
    "transposed": lambda: tf.nn.conv2d_transpose(
        IMAGES, np.ones((3, 3, 2, 3), "float32"), (2, 9, 9, 2), 1, "VALID"
    ),
    "patches": lambda: tf.image.extract_patches(IMAGES, [1, 3, 3, 1], [1] * 4, [1] * 4, "VALID"),
    "volumes": lambda: tf.extract_volume_patches(
        IMAGES[:, None], [1, 1, 3, 3, 1], [1] * 5, "VALID"
    ),
    "old": lambda: tf.compat.v1.nn.conv2d(IMAGES, KERNEL, *VALID),
    "Keras": lambda: keras.ops.conv(IMAGES, KERNEL),
    "its backend": lambda: keras.src.backend.nn.conv(IMAGES, KERNEL),
    "by its class": lambda: keras.src.ops.nn.Conv().call(IMAGES, KERNEL),
    "by modules": lambda: sys.modules["tensorflow"].nn.conv2d(IMAGES, KERNEL, 1, "VALID"),
    "traced before": lambda: traced(IMAGES, KERNEL),
    "layer": lambda: layer(IMAGES),
    "network": lambda: network(IMAGES),
    "predict": lambda: network.predict(IMAGES, verbose=0),
    "bound method": lambda: bound(IMAGES),
    "partial": lambda: partial(IMAGES),
    "upfirdn": lambda: scipy.signal.upfirdn(TAPS, ROW),
    "NumPy": lambda: np.convolve(ROW, TAPS),
    "C function": lambda: c_function(ROW, TAPS),
    "C function by C": lambda: list(map(c_function, [ROW], [TAPS])),
    "polynomials": lambda: np.polymul(ROW, TAPS),
    "polynomial objects": lambda: (np.poly1d(ROW) * np.poly1d(TAPS)).c,
    "masked": lambda: np.ma.convolve(ROW, TAPS),
    "called back by NumPy": lambda: np.apply_along_axis(np.convolve, 1, IMAGES[0, 0], TAPS),
    "called back by tf": lambda: tf.map_fn(partial, IMAGES[None]),
    "by text": lambda: eval("partial(IMAGES)", globals()),
    "pool": lambda: tf.nn.max_pool2d(IMAGES, 2, 1, "VALID"),
    "frames": lambda: tf.signal.frame(ROW, 3, 1),
    "put together": lambda: put_together(ROW),
    "gradients": lambda: tf.GradientTape().__enter__(),
    "thread": in_a_thread,
    "caught": caught,
    "without a profile": profiled,
}


def observed(subject: Any, allows: tuple[str, ...] = ARRAYS, *args: Any) -> Observation:
    return run_probe(CallFunction(args), subject, allows=allows)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_no_route_leads_to_what_is_to_be_written(route: str) -> None:
    found = observed(ROUTES[route])
    assert found.outcome == "forbidden", found


kept_network = keras.applications.MobileNetV2


@pytest.mark.parametrize(
    "network",
    [
        lambda: keras.applications.MobileNetV2(weights=None),
        lambda: kept_network(weights=None),
        lambda: tf.keras.applications.vgg16.VGG16(weights=None),
        lambda: importlib.import_module("keras.src.applications.resnet").ResNet(None),
    ],
)
def test_a_closed_module_is_closed_whatever_it_is_called(network: Callable[[], Any]) -> None:
    closed = run_probe(CallFunction(), network, ("keras.applications",))
    assert closed.outcome == "forbidden"
    assert closed.error["name"].startswith("keras.applications.")
    defaults = run_probe(CallFunction(), lambda: kept_network(weights="nowhere"))
    assert defaults.error["kinds"].startswith("ValueError"), "open again, with its arguments"


def test_a_closed_module_is_seen_in_the_source() -> None:
    code = "import tensorflow as tf\nkept = tf.keras.applications.VGG16\nslide = lambda: kept()"
    assert StudentCode([code]).forbidden("slide", ("keras.applications",))


def test_who_checks_before_the_check_uses_nothing_else() -> None:
    code = """
from course_lib import check
def tried(function):
    check("mine", function)
    return function
slide = tried(lambda row: row + 1)
"""
    assert StudentCode([code]).forbidden("slide", (), ARRAYS) is None
    also = code.replace("row + 1", "np.convolve(row, row)").replace(
        "\n", "\nimport numpy as np\n", 1
    )
    assert StudentCode([also]).forbidden("slide", (), ARRAYS)


def test_the_function_itself_may_not_be_handed_over() -> None:
    for subject in (tf.nn.convolution, keras.ops.conv):
        assert observed(subject, ARRAYS, IMAGES, KERNEL).outcome == "forbidden"


def loops() -> Any:
    padded, out = np.pad(ROW, 1), np.zeros(7)
    for i in range(7):
        out[i] = np.sum(padded[i : i + 3] * TAPS)
    return out


def tensors() -> Any:
    x = tf.pad(tf.constant(IMAGES), [[0, 0], [1, 1], [1, 1], [0, 0]])
    windows = tf.stack([x[:, i : i + 7, j : j + 7] for i in range(3) for j in range(3)], axis=3)
    variable = tf.Variable(tf.zeros((9, 3, 2)))
    variable.assign(tf.reshape(KERNEL, (9, 3, 2)))
    found = tf.einsum("bijtc,tcf->bijf", windows, variable) + tf.reduce_mean(
        tf.cast(x > 0, "float32")
    )
    return tf.vectorized_map(lambda image: 2 * image, tf.nn.relu(found))


def operations() -> Any:
    ops = keras.ops
    x = ops.pad(IMAGES, [[0, 0], [1, 1], [1, 1], [0, 0]])
    windows = ops.stack([x[:, i : i + 7, j : j + 7] for i in range(3) for j in range(3)], axis=3)
    kernel = ops.reshape(KERNEL, (9, 3, 2))
    return ops.einsum("bijtc,tcf->bijf", windows, kernel) + ops.one_hot([1], 2)[0]


def everyday() -> Any:
    logging.getLogger("mine").warning("printed")
    warnings.warn("mine", stacklevel=2)
    assert isinstance(IMAGES, (np.ndarray, tf.Tensor, keras.KerasTensor))
    windows = np.lib.stride_tricks.sliding_window_view(ROW, 3)
    np.apply_along_axis(lambda row: row.sum(), 0, IMAGES[0, 0])
    np.random.default_rng(0).normal(size=3)
    return windows @ TAPS + math.erf(1) + np.polyval([1, 2], 3)


def decompositions() -> Any:
    return (
        scipy.linalg.eigh(np.eye(3))[0] + np.fft.rfft(ROW)[:3].real + scipy.fft.rfft(ROW)[:3].real
    )


@tf.function
def compiled() -> Any:
    return tf.stack([tf.reduce_sum(ROW[i : i + 3] * TAPS) for i in range(5)])


def matrices() -> Any:
    matrix = scipy.sparse.diags_array(list(TAPS), offsets=[0, 1, 2], shape=(5, 7))
    return matrix @ ROW


def older() -> Any:
    backend = tf.keras.backend
    return backend.sum(backend.square(ROW)) + backend.epsilon()


class Recorder:
    def gradient(self, x: Any) -> Any:
        return 2 * x


@pytest.mark.filterwarnings("ignore:mine")
@pytest.mark.parametrize(
    "style",
    [
        loops,
        tensors,
        operations,
        everyday,
        decompositions,
        compiled,
        matrices,
        older,
        lambda: Recorder().gradient(ROW),
    ],
)
def test_no_honest_style_is_refused(style: Callable[[], Any]) -> None:
    found = observed(style)
    assert found.outcome == "returned", found


@pytest.mark.parametrize(
    "slip",
    [
        lambda: tf.constant(ROW)[3, 4],
        lambda: tf.cast(ROW, "no type"),
        lambda: tf.eye("three"),
        lambda: tf.linalg.inv(ROW),
        lambda: tf.reshape(ROW, (3, 3)),
        lambda: keras.ops.matmul(IMAGES, ROW),
    ],
)
def test_an_error_in_a_call_that_is_allowed_is_told(slip: Callable[[], Any]) -> None:
    assert observed(slip).outcome == "raised"


def forbidden(*cells: str) -> str | None:
    return StudentCode(cells).forbidden("slide", (), ("arrays",))


@pytest.mark.parametrize(
    "code",
    [
        "import tensorflow as tf\ndef slide(x, k):\n    return tf.nn.conv3d(x, k, 1, 'VALID')",
        "import tensorflow as tf\nnn = tf.nn\ndef slide(x, k):\n    return nn.conv3d(x, k, 1, '')",
        "import tensorflow\nf = getattr(tensorflow, 'nn')\nslide = f.conv3d",
        "from scipy.signal import upfirdn as up\nslide = lambda x, k: up(k, x)",
        "from tensorflow.nn import conv3d\nkept = {}\nkept['f'] = conv3d\n"
        "def slide(x, k):\n    return kept['f'](x, k)",
        "from tensorflow.nn import conv3d\nf = [conv3d][0]\n"
        "def slide(x, k):\n    def inner():\n        return f(x, k)\n    return inner()",
        "from tensorflow.nn import conv3d\nf = [conv3d][0]\n"
        "class Slide:\n    f = f\nslide = Slide.f",
    ],
)
def test_it_is_seen_in_the_source(code: str) -> None:
    assert forbidden(code) in ("tensorflow.nn.conv3d", "scipy.signal.upfirdn")


@pytest.mark.parametrize(
    "code",
    [
        "from scipy import signal\ndef slide(signal, k):\n    return signal.mean() + k",
        "import keras, numpy as np\ndef slide(x: keras.Model, k) -> keras.layers.Layer:\n"
        "    return np.sum(x) if not isinstance(x, keras.Model) else 0",
        "import scipy.signal\ndef slide(x, k):\n    return x\n"
        "print(slide(1, 2), scipy.signal.correlate2d([[1]], [[1]]))",
        "class Tape:\n    def gradient(self, x):\n        return x\ntape = Tape()\n"
        "def slide(x, k):\n    return tape.gradient(x)",
        "from tqdm import tqdm\ndef slide(x, k):\n    return sum(tqdm(x))",
        # What is tried out elsewhere, and has the name of something local.
        "import scipy.signal\ng = scipy.signal.correlate2d([[1]], [[1]])\n"
        "def slide(x, k):\n    g = k[::-1]\n    return x * g",
        "import scipy.signal\ng = scipy.signal.correlate2d([[1]], [[1]])\n"
        "def slide(g, k):\n    return sum(g) + k",
        "import scipy.signal\ng = scipy.signal.correlate2d([[1]], [[1]])\n"
        "slide = lambda x, k: sum(g * k for g in x)",
        "import scipy.signal\ng = scipy.signal.correlate2d([[1]], [[1]])\n"
        "def slide(x, k):\n    return (g := x[0]) + g",
    ],
)
def test_what_only_looks_like_it_is_not(code: str) -> None:
    assert forbidden(code) is None


LAYER = """\
{imports}
{decorator}
class Mine({base}):
    def call(self, x):
        return tf.math.reduce_mean(x) + self.add_weight(shape=())
"""


@pytest.mark.parametrize(
    ("imports", "base"),
    [
        ("import keras", "keras.layers.Layer"),
        ("import keras", "keras.Layer"),
        ("from keras import layers", "layers.Layer"),
        ("import tensorflow as tf", "tf.keras.layers.Layer"),
        ("from tensorflow import keras", "keras.layers.Layer"),
        ("from tensorflow.keras import layers", "layers.Layer"),
        ("from tensorflow.keras.layers import Layer", "Layer"),
        ("import tensorflow as tf\nkeras = tf.keras", "keras.layers.Layer"),
    ],
)
@pytest.mark.parametrize("decorator", ["", "@keras.saving.register_keras_serializable()"])
def test_a_layer_may_come_from_either_keras(imports: str, base: str, decorator: str) -> None:
    cells = "import keras", LAYER.format(imports=imports, base=base, decorator=decorator)
    assert StudentCode(cells).forbidden("Mine", (), ("arrays", "layers")) is None
    dense = [text.replace("Layer", "Dense") for text in (imports, base)]
    ready_made = LAYER.format(imports=dense[0], base=dense[1], decorator="")
    assert StudentCode(["import keras", ready_made]).forbidden("Mine", (), ("arrays", "layers"))


def test_the_message_says_what_is_allowed() -> None:
    from course_lib.checking.judge import forbidden_finding

    finding = forbidden_finding("calls", "tensorflow.nn.conv3d", ("arrays",))
    assert "`tensorflow.nn.conv3d`" in finding.message
    assert FAMILIES["arrays"].said in finding.hint
