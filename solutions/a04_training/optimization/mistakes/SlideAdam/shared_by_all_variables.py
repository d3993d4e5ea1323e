"""Your moments of the last variable overwrite those of all others. Keep one array for each
variable, in lists, and look yours up by its index.
"""

import keras

FAILS = ("SlideAdam",)
# Variables of different shapes: it stops with an exception that names the shapes.
HINT = None


class SlideAdam(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        for v in variables:
            self.first = self.add_variable_from_reference(v, "first")
            self.second = self.add_variable_from_reference(v, "second")

    def update_step(self, gradient, variable, learning_rate):
        rate = keras.ops.cast(learning_rate, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, variable.dtype)
        first, second = self.first, self.second
        self.assign(first, self.beta_1 * first + (1 - self.beta_1) * gradient)
        self.assign(second, self.beta_2 * second + (1 - self.beta_2) * gradient**2)
        corrected = first / (1 - self.beta_1**t)
        root = keras.ops.sqrt(second / (1 - self.beta_2**t))
        self.assign_sub(variable, rate * corrected / (root + self.epsilon))

    def get_config(self):
        config = super().get_config()
        config.update(beta_1=self.beta_1, beta_2=self.beta_2, epsilon=self.epsilon)
        return config
