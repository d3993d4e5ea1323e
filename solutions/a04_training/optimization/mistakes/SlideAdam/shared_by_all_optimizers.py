"""Your moments are an attribute of the class, so a second optimizer goes on with those of the
first. Make them in `build`, as attributes of `self`.
"""

import keras

FAILS = ("SlideAdam",)
# What it returns depends on how often it was used before.
HINT = None


class SlideAdam(keras.optimizers.Optimizer):
    firsts, seconds = [], []

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        SlideAdam.firsts += [self.add_variable_from_reference(v, "first") for v in variables]
        SlideAdam.seconds += [self.add_variable_from_reference(v, "second") for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        rate = keras.ops.cast(learning_rate, variable.dtype)
        t = keras.ops.cast(self.iterations + 1, variable.dtype)
        index = self._get_variable_index(variable)
        first, second = self.firsts[index], self.seconds[index]
        self.assign(first, self.beta_1 * first + (1 - self.beta_1) * gradient)
        self.assign(second, self.beta_2 * second + (1 - self.beta_2) * gradient**2)
        corrected = first / (1 - self.beta_1**t)
        root = keras.ops.sqrt(second / (1 - self.beta_2**t))
        self.assign_sub(variable, rate * corrected / (root + self.epsilon))

    def get_config(self):
        config = super().get_config()
        config.update(beta_1=self.beta_1, beta_2=self.beta_2, epsilon=self.epsilon)
        return config
