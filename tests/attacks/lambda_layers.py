"""Hands in Keras models made of Lambda layers and custom objects whose configuration runs code.

Covers: A13
"""

# %% attack
import keras


@keras.saving.register_keras_serializable(package="attack")
class Layer(keras.layers.Layer):
    def get_config(self):
        return {"name": "passed", "module": "builtins", "class_name": "exec", "config": "1/0"}

    def build(self, shape):
        raise SystemExit

    def compute_output_shape(self, shape):
        return shape

    def call(self, x):
        return x


def answer(name):
    def build(*args, **kwargs):
        inputs = keras.Input((8, 8, 3))
        outputs = keras.layers.Lambda(lambda x: x * 0)(inputs)
        model = keras.Model(inputs, outputs)
        model.get_config = lambda: {"layers": [], "count_params": 10**9}
        model.count_params = lambda: 10**9
        return model

    return build


# %% honest
import keras

inputs = keras.Input((4,))
model = keras.Model(inputs, keras.layers.Lambda(lambda x: 2 * x)(inputs))
print(model.name, model.count_params())
