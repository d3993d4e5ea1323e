"""The correction in the rate and in epsilon, with operations of keras.ops."""

import keras


class SlideAdam(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.settings = {"beta_1": beta_1, "beta_2": beta_2, "epsilon": epsilon}

    def build(self, variables):
        if not self.built:
            super().build(variables)
            self.moments = [
                tuple(self.add_variable_from_reference(v, name) for name in ("m", "v"))
                for v in variables
            ]

    def update_step(self, gradient, variable, learning_rate):
        dtype = variable.dtype
        beta_1, beta_2, epsilon = (keras.ops.cast(x, dtype) for x in self.settings.values())
        step = keras.ops.cast(self.iterations + 1, dtype)
        m, v = self.moments[self._get_variable_index(variable)]
        self.assign_add(m, (1 - beta_1) * (gradient - m))
        self.assign_add(v, (1 - beta_2) * (keras.ops.square(gradient) - v))
        correction = keras.ops.sqrt(1 - keras.ops.power(beta_2, step))
        rate = keras.ops.cast(learning_rate, dtype) * correction
        rate = rate / (1 - keras.ops.power(beta_1, step))
        self.assign(variable, variable - rate * m / (keras.ops.sqrt(v) + epsilon * correction))

    def get_config(self):
        return {**super().get_config(), **self.settings}
