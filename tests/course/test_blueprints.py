"""Blueprints: the right graph and counts, and never a weight."""

from __future__ import annotations

import copy
import itertools
import json
import resource
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers, ops
from keras.src.backend.common import global_state

from course_lib.blueprints import Blueprint, NodeReference, blueprint
from course_lib.blueprints._weightless import weightless


class ResidualBlock(layers.Layer):
    def __init__(self, filters: int):
        super().__init__()
        self.conv = layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()

    def call(self, inputs, training=None):
        return ops.relu(self.norm(self.conv(inputs), training=training) + inputs)


class ResidualNetwork(keras.Model):
    def __init__(self):
        super().__init__()
        self.stem = layers.Conv2D(8, 3, padding="same")
        self.blocks = keras.Sequential([ResidualBlock(8), ResidualBlock(8)])
        self.head = layers.Dense(10)

    def call(self, inputs):
        return self.head(ops.mean(self.blocks(self.stem(inputs)), axis=(1, 2)))


def functional_residual_network():
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(8, 3, padding="same")(inputs)
    for _ in range(2):
        y = layers.Conv2D(8, 3, padding="same", use_bias=False)(x)
        x = layers.ReLU()(layers.Add()([layers.BatchNormalization()(y), x]))
    return keras.Model(inputs, layers.Dense(10)(layers.GlobalAveragePooling2D()(x)))


class RawTensorFlow(layers.Layer):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(4)

    def call(self, inputs):
        import tensorflow as tf

        return tf.cumsum(self.dense(inputs))


class Scaled(layers.Layer):
    """Holds weights of its own beside those of its layers."""

    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(6)

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(6,), name="gain")
        self.token = self.add_weight(shape=(1, 6), name="token", trainable=False)

    def call(self, inputs):
        token = ops.reshape(self.token, (6,))
        return self.dense(inputs) * self.gain + token


class ResidualDense(layers.Layer):
    def __init__(self, name):
        super().__init__(name=name)
        self.dense = layers.Dense(3)

    def call(self, inputs):
        return inputs + self.dense(inputs)


def lenet(input_shape=(28, 28, 1)):
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(20, 5, padding="same"),
            layers.MaxPooling2D(),
            layers.Conv2D(50, 5, padding="same"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(500),
            layers.Dense(10),
        ]
    )


def dense_model(units=3):
    return keras.Sequential([keras.Input((4,)), layers.Dense(units)])


def summary_of(model_blueprint):
    return [(layer.name, layer.class_name, layer.parameters) for layer in model_blueprint.layers]


def test_lenet_by_hand():
    result = blueprint(lenet)
    assert result.parameters == result.trainable_parameters == 520 + 25_050 + 1_225_500 + 5_010
    assert result.input_shapes == ((None, 28, 28, 1),)
    assert result.output_shapes == ((None, 10),)
    conv = result.layers[1]
    assert (conv.name, conv.class_name, conv.kind) == ("conv2d", "Conv2D", "layer")
    assert conv.config["filters"] == 20
    assert [tuple(weight) for weight in conv.weights] == [
        ("kernel", (5, 5, 1, 20), "float32", True),
        ("bias", (20,), "float32", True),
    ]
    assert conv.inbound == (NodeReference("input_layer", 0, 0),)
    assert conv.output_shapes == ((None, 28, 28, 20),)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [("VGG19", 143_667_240), ("ResNet50", 25_636_712), ("EfficientNetV2B0", 7_200_312)],
)
def test_counts_agree_with_the_published_ones(name, parameters):
    assert blueprint(getattr(keras.applications, name), weights=None).parameters == parameters


def test_vgg19_takes_well_under_a_second():
    blueprint(lenet)  # imports
    start = time.process_time()
    blueprint(keras.applications.VGG19, weights=None)
    assert time.process_time() - start < 1


def test_a_forty_gigabyte_layer_costs_nothing():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = blueprint(
        lambda: keras.Sequential([keras.Input((100_000,)), layers.Dense(100_000, use_bias=False)])
    )
    assert result.parameters == 10**10
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown_kib < 100_000


@pytest.mark.parametrize("clear", [keras.utils.clear_session, keras.backend.clear_session])
def test_clearing_the_session_in_a_builder_does_not_bring_weights_back(clear):
    def build():
        clear()
        return keras.Sequential([keras.Input((100_000,)), layers.Dense(100_000)])

    assert blueprint(build).parameters == 10**10 + 10**5
    assert global_state.get_global_attribute("stateless_scope") is None


def test_no_weight_has_a_value():
    seen = []

    def build():
        model = keras.applications.MobileNetV2(weights=None, input_shape=(32, 32, 3))
        model.compile(keras.optimizers.Adam(1e-3), "mse", metrics=["mae"])
        seen.extend([*model.variables, *model.optimizer.variables, keras.Variable(3.0)])
        return model

    blueprint(build)
    assert len(seen) > 260
    assert all(variable._value is None for variable in seen)


def test_the_list_of_uninitialized_variables_is_restored_even_after_an_exception():
    class MineError(Exception):
        pass

    def build():
        layers.Dense(3).build((None, 4))
        raise MineError("mine")

    sentinel = [object()]
    before = global_state.get_global_attribute("uninitialized_variables")
    global_state.set_global_attribute("uninitialized_variables", sentinel)
    try:
        with pytest.raises(MineError, match="mine"):
            blueprint(build)
        assert global_state.get_global_attribute("uninitialized_variables") is sentinel
        assert len(sentinel) == 1
    finally:
        global_state.set_global_attribute("uninitialized_variables", before)
    assert global_state.get_global_attribute("stateless_scope") is None
    assert dense_model().layers[0].kernel._value is not None


@pytest.mark.parametrize(
    "use",
    [
        lambda model: model.predict(np.zeros((1, 4))),
        lambda model: model.get_weights(),
        lambda model: model.save_weights("nowhere.weights.h5"),
    ],
)
def test_a_builder_that_runs_its_model_is_told_so(use):
    def build():
        model = dense_model()
        use(model)
        return model

    with pytest.raises(RuntimeError, match="must only build and return it"):
        blueprint(build)


def test_weights_are_not_loaded():
    def build():
        model = dense_model()
        model.load_weights("missing.weights.h5")
        model.summary(print_fn=lambda *_, **__: None)
        return model

    assert blueprint(build).parameters == 15


def test_ordinary_keras_is_untouched_afterwards():
    def patched():
        return layers.Layer.__call__, keras.Variable.__init__, keras.Model.fit, dir(keras.Model)

    originals = patched()
    blueprint(ResidualNetwork, input_shape=(16, 16, 3))
    assert patched() == originals
    assert "fit" not in vars(keras.Model)
    assert dense_model().predict(np.ones((1, 4)), verbose=0).shape == (1, 3)


def test_names_start_again_each_time():
    dense_model()
    assert blueprint(dense_model) == blueprint(dense_model)
    assert blueprint(dense_model).layers[1].name == "dense"


def test_a_builder_may_use_layers_that_exist_already():
    with weightless():
        outer = layers.Dense(4)  # automatically named `dense`, like the one inside

    def build():
        inputs = keras.Input((4,))
        return keras.Model(inputs, layers.Dense(3)(outer(inputs)))

    assert blueprint(build).parameters == 20 + 15


def test_subclassed_and_functional_models_have_the_same_primitives():
    subclassed = blueprint(ResidualNetwork, input_shape=(16, 16, 3))
    functional = blueprint(functional_residual_network)
    assert subclassed.parameters == functional.parameters
    assert subclassed.trainable_parameters == functional.trainable_parameters

    def primitives(result):
        aliases = {"Relu": "ReLU", "Mean": "GlobalAveragePooling2D"}
        return [aliases.get(layer.class_name, layer.class_name) for layer in result.layers]

    assert primitives(subclassed) == primitives(functional)
    assert subclassed.layer("sequential/residual_block/conv2d_1").input_shapes == (
        (None, 16, 16, 8),
    )


def test_shared_layer_is_one_layer_with_two_calls():
    def build():
        inputs = keras.Input((8,))
        dense = layers.Dense(8)
        return keras.Model(inputs, dense(dense(inputs)))

    result = blueprint(build)
    dense = result.layer("dense")
    assert result.parameters == dense.parameters == 72
    assert [call.inbound for call in dense.calls] == [
        (NodeReference("input_layer", 0, 0),),
        (NodeReference("dense", 0, 0),),
    ]
    assert result.outputs == (NodeReference("dense", 1, 0),)
    assert [(layer.name, call) for layer, call in result.steps()] == [
        ("input_layer", 0),
        ("dense", 0),
        ("dense", 1),
    ]


def test_nested_and_shared_models_are_flattened():
    def build():
        encoder = keras.Sequential(
            [keras.Input((8,)), layers.Dense(8, name="code"), layers.ReLU(name="relu")],
            name="encoder",
        )
        left, right = keras.Input((8,), name="left"), keras.Input((8,), name="right")
        return keras.Model([left, right], layers.Subtract()([encoder(left), encoder(right)]))

    result = blueprint(build)
    assert result.parameters == 72
    assert len(result.layer("encoder/code").calls) == 2
    assert result.layer("subtract").inbound == (
        NodeReference("encoder/relu", 0, 0),
        NodeReference("encoder/relu", 1, 0),
    )


def test_frozen_nested_model():
    def build():
        base = lenet()
        base.trainable = False
        inputs = keras.Input((28, 28, 1))
        return keras.Model(inputs, layers.Dense(3)(base(inputs)))

    assert blueprint(build).trainable_parameters == 33


def test_raw_tensorflow_stays_one_opaque_layer():
    if keras.backend.backend() != "tensorflow":
        pytest.skip("needs the TensorFlow backend")
    result = blueprint(
        lambda: keras.Sequential([keras.Input((8,)), RawTensorFlow(), layers.Dense(2)])
    )
    assert [layer.kind for layer in result.layers] == ["layer", "opaque", "layer"]
    assert result.layers[1].parameters == 36
    assert result.output_shapes == ((None, 2),)


def test_weights_of_a_block_itself_are_counted_once():
    result = blueprint(lambda: keras.Sequential([keras.Input((5,)), Scaled()]))
    assert result.parameters == 36 + 6 + 6
    assert result.non_trainable_parameters == 6
    multiply = next(layer for layer in result.layers if layer.class_name == "Multiply")
    assert multiply.parameters == 6
    assert multiply.calls[0].arguments["args"][1] == {"weight": "gain", "shape": [6]}
    holder = next(layer for layer in result.layers if layer.kind == "holder")
    assert (holder.weights[0].name, holder.calls) == ("token", ())


def test_a_primitive_subclass_counts_as_the_primitive():
    class MyConv(layers.Conv2D):
        pass

    result = blueprint(lambda: keras.Sequential([keras.Input((8, 8, 2)), MyConv(4, 3)]))
    assert (result.layers[1].class_name, result.layers[1].kind) == ("Conv2D", "layer")


def test_input_shape_replaces_completes_and_is_passed_on():
    no_input = keras.Sequential([layers.Dense(3)])
    assert blueprint(no_input, input_shape=(4,)).parameters == 15
    assert blueprint(lenet, input_shape=(32, 32, 3)).input_shapes == ((None, 32, 32, 3),)
    result = blueprint(
        keras.applications.VGG16, weights=None, include_top=False, input_shape=(64, 64, 3)
    )
    assert result.output_shapes == ((None, 2, 2, 512),)
    with weightless():
        any_size = keras.Sequential([keras.Input((None, None, 3)), layers.Conv2D(4, 3)])
    assert blueprint(any_size).output_shapes == ((None, None, None, 4),)
    assert blueprint(any_size, input_shape=(9, 9, 3)).output_shapes == ((None, 7, 7, 4),)


def test_input_shape_is_passed_through_a_decorator_that_hides_the_arguments():
    def decorated(*args, **kwargs):
        return keras.Model(*(lambda m: (m.inputs, m.outputs))(lenet(*args, **kwargs)))

    assert blueprint(decorated, input_shape=(32, 32, 3)).input_shapes == ((None, 32, 32, 3),)


def test_any_layer_name_that_keras_takes():
    def build():
        parts = [keras.Input((4,)), layers.Dense(3, name="my layer <ü>"), ResidualDense(name="é")]
        return keras.Sequential(parts, name="_a model")

    assert blueprint(build).layers[1].name == "my layer <ü>"


def test_batch_size():
    assert blueprint(lenet, batch_size=1).output_shapes == ((1, 10),)
    assert blueprint(ResidualNetwork, input_shape=(8, 8, 3), batch_size=2).input_shapes == (
        (2, 8, 8, 3),
    )


def test_a_lambda_is_seen_through():
    result = blueprint(
        lambda: keras.Sequential([keras.Input((4,)), layers.Lambda(lambda x: x * 2.0)])
    )
    assert [layer.class_name for layer in result.layers] == ["InputLayer", "Multiply"]


def test_several_inputs_as_list_and_dict():
    class Pair(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = layers.Dense(3)

        def call(self, inputs):
            left, right = inputs.values() if isinstance(inputs, dict) else inputs
            return {"left": self.dense(left), "right": self.dense(right)}

    for shape in ([(4,), (4,)], {"left": (4,), "right": (4,)}):
        result = blueprint(Pair, input_shape=shape)
        assert result.parameters == 15
        assert result.output_shapes == ((None, 3), (None, 3))


def test_an_existing_model_is_read_and_left_as_it_was():
    model = ResidualNetwork()
    model(keras.ops.ones((1, 16, 16, 3)))
    flat = model._flatten_layers()
    nodes = [len(layer._inbound_nodes) for layer in flat]
    result = blueprint(model)
    assert result.parameters == model.count_params()
    assert [len(layer._inbound_nodes) for layer in model._flatten_layers()] == nodes
    assert blueprint(lenet()).parameters == 1_256_080


@pytest.mark.parametrize(
    ("target", "options", "error", "message"),
    [
        (
            lambda: keras.Sequential([layers.Dense(3)]),
            {},
            ValueError,
            "input_shape=\\(28, 28, 1\\)",
        ),
        (lambda: 3, {}, TypeError, "must return a Keras model.*type int"),
        (3, {}, TypeError, "model or a function.*type int"),
        (lambda: lenet(), {"input_shape": "large"}, ValueError, "list or dict of shapes"),
        (lambda: lenet(), {"input_shape": [(1,), (2,)]}, ValueError, "1 input"),
        (lambda: 1 / 0, {}, ZeroDivisionError, "division"),
    ],
)
def test_errors(target, options, error, message):
    with pytest.raises(error, match=message):
        blueprint(target, **options)


def test_json_round_trip():
    for result in (
        blueprint(keras.applications.MobileNetV3Small, weights=None),
        blueprint(ResidualNetwork, input_shape=(16, 16, 3)),
        blueprint(lambda: keras.Sequential([keras.Input((3,)), layers.Lambda(lambda x: x * 2)])),
    ):
        text = json.dumps(result.to_dict(), allow_nan=False)
        assert Blueprint.from_dict(json.loads(text)) == result
        assert " at 0x" not in text
        assert ".py" not in text


def nest(depth):
    value: list = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ((), [], "blueprint must be an object"),
        (("version",), True, "version must be the number 1"),
        (("version",), 2, "version must be"),
        (("extra",), 1, "exactly the keys"),
        (("layers",), {}, "layers must be a list"),
        (("layers",), [0] * 20_001, "at most 20000 items"),
        (("layers", 1, "name"), "x" * 1000, "at most 512 characters"),
        (("layers", 1, "name"), "\ud800", "valid Unicode"),
        (("layers", 1, "name"), "input_layer", "a different name"),
        (("layers", 1, "kind"), "evil", "one of layer"),
        (("layers", 1, "config", "deep"), nest(100), "levels of nesting"),
        (("layers", 1, "config", "many"), [0] * 100_001, "at most 100000 values"),
        (("layers", 1, "config", "nan"), float("nan"), "finite"),
        (("layers", 1, "config", "big"), 10**10_000, "below 2\\*\\*64"),
        (("layers", 1, "weights", 0, 1), [2**60], "whole numbers"),
        (("layers", 1, "weights", 0, 1), [None], "without null"),
        (("layers", 1, "weights", 0, 1), [10**5000], "whole numbers.*very large"),
        (("layers", 1, "weights", 0, 1), [True], "whole numbers"),
        (("layers", 1, "weights", 0, 3), 1, "true or false"),
        (("layers", 1, "weights", 0), [1], r"\[name, shape, dtype, trainable\]"),
        (("layers", 1, "calls", 0, "inbound", 0, 1), -1, "call index"),
        (("layers", 1, "calls", 0, "inbound", 0, 2), 5, "existing tensor"),
        (("layers", 1, "calls", 0, "inbound", 0, 0), "nobody", "existing tensor"),
        (("layers", 1, "calls", 0, "input_shapes", 0), [None, 5], "agree with their sources"),
        (("layers", 1, "calls", 0, "input_shapes"), [], "as many input shapes"),
        (("layers", 1, "calls", 0, "output_dtypes"), [], "as many dtypes"),
        (("layers", 1, "calls", 0, "arguments"), {"args": 1, "kwargs": {}}, "arguments"),
        (("outputs", 0, 0), "nobody", "existing tensor"),
    ],
    ids=itertools.count(),
)
def test_from_dict_refuses_hostile_data(path, value, message):
    data = copy.deepcopy(blueprint(dense_model).to_dict())
    if path:
        target = data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value
    else:
        data = value
    with pytest.raises(ValueError, match=message):
        Blueprint.from_dict(data)


def test_from_dict_refuses_a_cycle():
    data = blueprint(lambda: keras.Sequential([keras.Input((4,)), layers.ReLU()])).to_dict()
    data = copy.deepcopy(data)
    data["layers"][1]["calls"][0]["inbound"] = [[data["layers"][1]["name"], 0, 0]]
    with pytest.raises(ValueError, match="without cycles"):
        Blueprint.from_dict(data)


def test_importing_is_cheap_and_the_process_can_still_be_forked():
    if keras.backend.backend() != "tensorflow":
        pytest.skip("TensorFlow's fork rule")
    script = """
    import sys
    import course_lib.blueprints
    assert "keras" not in sys.modules, "course_lib.blueprints imports Keras at import time"
    import keras
    from keras import layers
    from tensorflow.python.eager import context
    from test_blueprints import RawTensorFlow, ResidualNetwork, Scaled
    from course_lib.blueprints import blueprint

    def recurrent():
        return keras.Sequential([
            keras.Input((8, 5)),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True)),
            layers.GRU(2), layers.Normalization(mean=1.0, variance=2.0), Scaled(), RawTensorFlow(),
        ])

    def compiled():
        model = keras.applications.ConvNeXtTiny(weights=None, input_shape=(32, 32, 3))
        model.compile("adam", "mse")
        return model

    blueprint(recurrent)
    blueprint(compiled)
    blueprint(keras.applications.EfficientNetV2B0, weights=None)
    blueprint(ResidualNetwork, input_shape=(16, 16, 3))
    assert not context.context()._initialized
    print("asleep")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        cwd=Path(__file__).parent,
    )
    assert done.stdout.strip() == "asleep", done.stderr[-2000:]
