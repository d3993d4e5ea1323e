"""What a task may use that asks for an algorithm to be written: families of names.

A rule is a dotted name with all that lies below it, `-` before what is taken out again; the longest
rule that fits decides, and what no rule fits is not allowed. Rules hold for names as people write
them (`numpy.sum`), and for the modules where the functions live
(`tensorflow.python.ops.math_ops`), so that a function is known by whatever name it was fetched.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

CARRIERS = frozenset(
    (
        "IPython",
        "_pytest",
        "absl",
        "comm",
        "coverage",
        "debugpy",
        "hypothesis",
        "ipykernel",
        "jupyter_client",
        "matplotlib",
        "matplotlib_inline",
        "ml_dtypes",
        "mpl_toolkits",
        "optree",
        "pluggy",
        "pytest",
        "rich",
        "tornado",
        "tqdm",
        "traitlets",
        "typing_extensions",
        "zmq",
    )
)
"""Packages that show, report or carry: nothing that a task asks for."""


@dataclass(frozen=True)
class Family:
    """Names that belong together.

    Attributes:
        said: what a notebook says of it.
        rules: dotted names; those with `-` in front are left out.
    """

    said: str
    rules: tuple[str, ...]


def _below(package: str, names: str) -> tuple[str, ...]:
    return tuple(f"-{package}.{n[1:]}" if n[0] == "-" else f"{package}.{n}" for n in names.split())


_PYTHON = (
    # What runs text, loads libraries, hands work to others or looks into the interpreter.
    *_below("builtins", "-exec -eval -compile -__import__ -breakpoint"),
    *_below("sys", "-setprofile -settrace -monitoring -_getframe -_current_frames -call_tracing"),
    *_below("_thread", "-start_new_thread -start_new"),
    *_below("threading", "-setprofile -settrace"),
    *_below("importlib", "-import_module -reload -util"),
    "-_ctypes",
    "-ctypes",
    "-_imp",
    "-_interpreters",
    "-_xxsubinterpreters",
    "-_queue",
    "-queue",
    "-asyncio",
    "-code",
    "-codeop",
    "-concurrent",
    "-gc",
    "-multiprocessing",
    "-_pickle",
    "-pickle",
    "-pkgutil",
    "-_posixsubprocess",
    "-subprocess",
    "-runpy",
    "-zipimport",
)
_NUMPY = (
    "numpy",
    *_below(
        "numpy",
        "-convolve -correlate -polymul -poly1d -poly -polynomial -ctypeslib -f2py -distutils "
        "-_core.numeric.convolve -_core.numeric.correlate -_core.multiarray.correlate "
        "-_core.multiarray.correlate2 -_core._multiarray_umath.correlate "
        "-_core._multiarray_umath.correlate2 -core.multiarray.correlate "
        "-core.multiarray.correlate2 -core.numeric.convolve -core.numeric.correlate "
        "-ma.convolve -ma.correlate -ma.core.convolve -ma.core.correlate "
        "-ma.core._convolve_or_correlate -lib._polynomial_impl lib._polynomial_impl.polyval "
        "lib._polynomial_impl._polyval_dispatcher",
    ),
    "scipy.fft",
    "scipy.linalg",
    "scipy.sparse",
    *_below(
        "scipy.linalg",
        "-convolution_matrix -matmul_toeplitz -_special_matrices.convolution_matrix "
        "-_basic.matmul_toeplitz",
    ),
)
_KERAS = (
    "keras.ops",
    *_below(
        "keras.ops",
        # Of keras.src.ops.nn and keras.src.ops.image, which are flat in the public module.
        "-image -nn -numpy.correlate -conv -conv_transpose -depthwise_conv -separable_conv "
        "-correlate -max_pool -average_pool -adaptive_max_pool -adaptive_average_pool "
        "-batch_normalization -layer_normalization -rms_normalization -normalize "
        "-dot_product_attention -extract_sequences -unfold -fold -stft -istft "
        "-softmax -log_softmax -logsumexp -sparsemax -ctc_loss -ctc_decode "
        "-binary_crossentropy -categorical_crossentropy -sparse_categorical_crossentropy "
        "-relu -relu6 -sigmoid -log_sigmoid -softplus -softsign -silu -swish -leaky_relu "
        "-hard_sigmoid -hard_silu -hard_swish -elu -selu -celu -glu -gelu -tanh_shrink "
        "-soft_shrink -hard_shrink -hard_tanh -squareplus -sparse_plus -sparse_sigmoid "
        "-threshold -psnr -custom_gradient -tanh",
    ),
    *_below(
        "keras.src.ops",
        "numpy -numpy.correlate -numpy.Correlate -numpy.tanh -numpy.Tanh core "
        "-core.custom_gradient linalg math "
        "-math.extract_sequences -math.ExtractSequences -math.stft -math.STFT -math.istft "
        "-math.ISTFT -math.logsumexp -math.Logsumexp einops operation_utils "
        "nn.one_hot nn.OneHot nn.multi_hot nn.MultiHot nn.moments nn.Moments",
    ),
    *_below(
        "keras.src.backend.tensorflow.nn",
        "one_hot multi_hot moments _compute_moments _compute_moments_sync",
    ),
    *_below("keras.src.backend.jax.nn", "one_hot multi_hot moments convert_to_tensor"),
    *_below(
        "keras",
        "Variable KerasTensor backend config dtype_policies random -random.dropout tree utils "
        "-utils.get_file -utils.image_dataset_from_directory -utils.normalize "
        "src.backend.common src.backend.config src.dtype_policies src.random "
        "-src.random.random.dropout src.tree src.utils.naming src.utils.numerical_utils "
        "-src.utils.numerical_utils.normalize src.utils.rng_utils src.utils.module_utils "
        "src.utils.python_utils src.utils.backend_utils src.backend.tensorflow.core "
        "src.backend.jax.core src.backend.numpy.core",
    ),
    # `tf.keras.backend`, as older books have it.
    *_below(
        "keras.src.legacy.backend",
        "abs all any arange argmax argmin batch_dot batch_flatten cast clip concatenate constant "
        "cos count_params cumprod cumsum dot dtype equal eval exp expand_dims eye flatten gather "
        "greater greater_equal int_shape less less_equal log max maximum mean min minimum ndim "
        "not_equal one_hot ones ones_like permute_dimensions pow prod random_normal "
        "random_uniform repeat reshape reverse round shape sign sin sqrt square squeeze stack std "
        "sum switch tile transpose truncated_normal var variable zeros zeros_like",
    ),
)
_TENSORFLOW = (
    "tensorflow",
    *_below(
        "tensorflow",
        "-GradientTape -gradients -hessians -autodiff -py_function -numpy_function "
        "-custom_gradient -recompute_grad -compat -config -data -distribute -estimator "
        "-extract_volume_patches -feature_column -graph_util -image -io -keras -lite -load_library "
        "-load_op_library -lookup -mlir -Module -nn -python -queue -raw_ops -saved_model "
        "-signal -summary -sysconfig -test -tpu -train -tools -xla -autograph -audio "
        "-quantization -ragged -sparse -profiler -nest -__internal__ -_api -Graph "
        "-experimental experimental.numpy -math.confusion_matrix -math.softmax "
        "-math.log_softmax -math.reduce_logsumexp -math.l2_normalize -linalg.l2_normalize "
        "-math.sigmoid -math.tanh -math.softplus -math.softsign -sigmoid -tanh "
        "nn.moments nn.top_k nn.in_top_k nn.bias_add "
        + " ".join(
            f"signal.{inverse}{real}fft{dimensions}"
            for inverse in ("", "i")
            for real in ("", "r")
            for dimensions in ("", "2d", "3d", "nd")
        ),
    ),
    *_below(
        "tensorflow.python.framework",
        "ops constant_op dtypes tensor tensor_shape tensor_conversion tensor_util tensor_spec "
        "tensor_conversion_registry override_binary_operator indexed_slices random_seed errors "
        "errors_impl weak_tensor extension_type type_spec flexible_dtypes",
    ),
    *_below(
        "tensorflow.python.ops",
        "array_ops array_ops_stack array_ops_shape gen_array_ops -array_ops.extract_image_patches "
        "-array_ops.extract_image_patches_v2 -gen_array_ops.extract_image_patches "
        "-gen_array_ops.extract_volume_patches math_ops gen_math_ops -math_ops.sigmoid "
        "-math_ops.tanh -gen_math_ops.tanh -math_ops.reduce_logsumexp "
        "linalg_ops gen_linalg_ops linalg linalg_ops_impl sort_ops clip_ops special_math_ops "
        "gen_special_math_ops bincount_ops bitwise_ops gen_bitwise_ops check_ops cond while_loop "
        "control_flow_ops control_flow_assert control_flow_case map_fn functional_ops random_ops "
        "stateless_random_ops gen_random_ops gen_stateless_random_ops stateful_random_ops "
        "histogram_ops init_ops init_ops_v2 manip_ops gen_manip_ops resource_variable_ops "
        "variables variable_v1 variable_scope state_ops tensor_array_ops tensor_getitem_override "
        "tensor_math_operator_overrides weak_tensor_ops weak_tensor_operators "
        "weak_tensor_math_operator_overrides numpy_ops signal.fft_ops gen_spectral_ops "
        "logging_ops numerics data_flow_ops gen_data_flow_ops parallel_for.control_flow_ops "
        "handle_data_util nn_ops.top_k gen_nn_ops.top_kv2 nn_ops.in_top_k nn_ops.in_top_k_v2 "
        "gen_nn_ops.in_top_kv2 "
        "nn_impl.moments nn_impl.moments_v2 nn_ops.bias_add gen_nn_ops.bias_add "
        # What they need when a model around them is trained.
        "gen_nn_ops.bias_add_grad gen_nn_ops.relu_grad gen_nn_ops.relu6_grad gen_nn_ops.elu_grad "
        "gen_nn_ops.selu_grad gen_nn_ops.leaky_relu_grad gen_nn_ops.softplus_grad "
        "gen_nn_ops.softsign_grad",
    ),
    # A function that was compiled runs as it is written while it is looked at (`forbidden`).
    *_below(
        "tensorflow.python.eager",
        "context record backprop._must_record_gradient polymorphic_function.polymorphic_function",
    ),
    # Who is asked when a call had an error: whether one of them knows the arguments.
    *_below(
        "tensorflow.python",
        "framework._pywrap_python_api_dispatcher keras.layers.core.KerasOpDispatcher "
        "keras.layers.core.TFSlicingOpDispatcher keras.layers.core.TFClassMethodDispatcher "
        "ops.sparse_ops._UnaryMapValueDispatcher",
    ),
)
_JAX = (
    "jax.numpy",
    *_below("jax.numpy", "-convolve -correlate -polymul"),
    "jax._src.numpy",
    *_below("jax._src.numpy", "-convolve -correlate -polymul -polynomial"),
    *_below("jax._src", "array basearray core.Tracer core.ShapedArray dtypes"),
)
_COURSE = (
    "course_lib.check",
    "course_lib.plots",
    "course_lib.data",
    "course_lib.checking.probes._Nowhere",
    "course_lib.desk",
)

_ACTIVATIONS = (
    "relu relu6 sigmoid log_sigmoid softplus softsign silu swish leaky_relu hard_sigmoid hard_silu "
    "hard_swish elu selu celu gelu"
)
_CLASSES = (
    "Relu Relu6 Sigmoid LogSigmoid Softplus Softsign Silu LeakyRelu HardSigmoid HardSilu Elu Selu "
    "Celu Gelu"
)

_PARTS = _below(
    "keras",
    "Layer layers.Layer Input InputSpec layers.InputSpec initializers regularizers "
    "constraints saving activations.get activations.linear activations.serialize "
    "src.layers.layer src.layers.input_spec src.layers.core.input_layer "
    "src.layers.core.dense src.initializers src.regularizers src.constraints "
    "src.saving src.utils src.ops.operation src.ops.node src.ops.symbolic_arguments "
    "src.activations.activations.linear src.activations.get "
    "src.activations.serialize src.quantizers src.losses src.metrics "
    "src.callbacks src.trainers src.models src.backend -src.backend.tensorflow.nn "
    "-src.backend.tensorflow.image -src.backend.jax.nn -src.backend.jax.image "
    "src.backend.tensorflow.nn.one_hot src.backend.tensorflow.nn.moments "
    "src.backend.tensorflow.nn._compute_moments",
)
"""What layers and optimizers are built on, and what a model around them needs."""

FAMILIES = {
    "arrays": Family(
        "Python's own library and the array functions of NumPy, `keras.ops` and `tf` (of SciPy "
        "`fft`, `linalg`, `sparse`), but nothing that convolves, pools, normalizes or "
        "differentiates for you",
        (*_PYTHON, *_NUMPY, *_KERAS, *_TENSORFLOW, *_JAX, *_COURSE),
    ),
    "activations": Family(
        "ready-made activations such as `keras.ops.relu`",
        (
            *_below("keras.ops", _ACTIVATIONS + " tanh numpy.tanh"),
            *_below("keras.src.ops.numpy", "tanh Tanh"),
            *_below("keras.activations", _ACTIVATIONS + " tanh linear"),
            "keras.src.activations.activations",
            *_below("keras.src.ops.nn", f"{_ACTIVATIONS} {_CLASSES}"),
            *_below("keras.src.backend.tensorflow.nn", _ACTIVATIONS),
            *_below("keras.src.backend.jax.nn", _ACTIVATIONS),
            *_below("tensorflow.nn", _ACTIVATIONS + " tanh"),
            *_below("tensorflow.math", "sigmoid tanh softplus softsign"),
            *_below("tensorflow", "sigmoid tanh"),
            *_below("tensorflow.python.ops.math_ops", "sigmoid tanh"),
            "tensorflow.python.ops.gen_math_ops.tanh",
            *_below("tensorflow.python.ops.nn_ops", _ACTIVATIONS + " leaky_relu"),
            *_below("tensorflow.python.ops.nn_impl", _ACTIVATIONS),
            *_below("tensorflow.python.ops.gen_nn_ops", _ACTIVATIONS),
            "scipy.special.expit",
            "scipy.special.log_expit",
        ),
    ),
    "softmax": Family(
        "`softmax`, `log_softmax` and `logsumexp` of `keras.ops`, `tf` and `scipy.special`",
        (
            *_below("keras.ops", "softmax log_softmax logsumexp"),
            *_below("keras.activations", "softmax log_softmax"),
            *_below("keras.src.activations.activations", "softmax log_softmax"),
            *_below("keras.src.ops.nn", "softmax log_softmax Softmax LogSoftmax"),
            *_below("keras.src.ops.math", "logsumexp Logsumexp"),
            *_below("keras.src.backend.tensorflow.nn", "softmax log_softmax"),
            *_below("keras.src.backend.jax.nn", "softmax log_softmax"),
            *_below("tensorflow.nn", "softmax log_softmax"),
            *_below("tensorflow.math", "softmax log_softmax reduce_logsumexp"),
            "tensorflow.reduce_logsumexp",
            "tensorflow.python.ops.math_ops.reduce_logsumexp",
            *_below(
                "tensorflow.python.ops.nn_ops",
                "softmax softmax_v2 log_softmax log_softmax_v2 _wrap_2d_function",
            ),
            *_below("tensorflow.python.ops.gen_nn_ops", "softmax log_softmax"),
            *_below("scipy.special", "softmax log_softmax logsumexp _logsumexp"),
        ),
    ),
    "error function": Family(
        "`math.erf`, `scipy.special.erf` and the normal distribution of `scipy.stats`",
        (
            *_below("scipy.special", "erf erfc ndtr erfinv"),
            "scipy.stats",
        ),
    ),
    "layers": Family(
        "what a layer of one's own is made of: `keras.Layer`, its weights, initializers and "
        "regularizers",
        (*_PARTS, "keras.src.optimizers"),  # A step of training is asked for.
    ),
    "optimizers": Family(
        "`keras.optimizers.Optimizer` and learning rate schedules to build an optimizer on",
        (
            *_PARTS,
            *_below(
                "keras",
                "optimizers.Optimizer optimizers.schedules src.optimizers.optimizer "
                "src.optimizers.base_optimizer src.optimizers.schedules src.optimizers.get "
                "src.optimizers.serialize src.optimizers.deserialize",
            ),
        ),
    ),
}


def rules_of(allows: Iterable[str]) -> dict[str, bool]:
    """The rules of these families and dotted names: whether what begins so is allowed."""
    return dict(_rules(tuple(allows)))


@cache
def _rules(allows: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    found: dict[str, bool] = {}
    for name in allows:
        for rule in FAMILIES[name].rules if name in FAMILIES else (name,):
            plain = rule.removeprefix("-")
            # A family that allows a name outweighs one that leaves it out.
            found[plain] = found.get(plain, False) or not rule.startswith("-")
    return tuple(found.items())


def is_allowed(dotted: str, rules: dict[str, bool], otherwise: bool = False) -> bool:
    """Whether the longest rule that fits a dotted name allows it; `otherwise` if none fits."""
    name = usual_name(dotted)
    while name:
        if name in rules:
            return rules[name]
        name = name.rpartition(".")[0]
    return otherwise


def usual_name(dotted: str) -> str:
    """A name of Keras as the rules have it, whichever package it is taken from."""
    for package in _KERAS_TOO:
        if dotted == package or dotted.startswith(f"{package}."):
            return "keras" + dotted[len(package) :]
    return dotted


_KERAS_TOO = ("tensorflow.keras", "keras._tf_keras.keras", "keras.api")


def is_harmless(dotted: str) -> bool:
    """Whether a dotted name may be used where no rule says otherwise."""
    return is_standard(dotted) or dotted.partition(".")[0] in CARRIERS


def is_standard(dotted: str) -> bool:
    """Whether a dotted name is of Python's own library."""
    return dotted.partition(".")[0] in sys.stdlib_module_names


def leads_to_allowed(dotted: str, rules: dict[str, bool]) -> bool:
    """Whether something below a module is allowed: then naming the module does no harm."""
    module = f"{usual_name(dotted)}."
    return any(allowed and rule.startswith(module) for rule, allowed in rules.items())


def said_of(allows: Iterable[str]) -> str:
    """What these families and names are, for a sentence."""
    return "; ".join(FAMILIES[name].said if name in FAMILIES else f"`{name}`" for name in allows)
