"""A running product of betas as a variable of its own, arrays made by add_optimizer_variables."""

import keras


class SlideAdam(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.beta_1, self.beta_2, self.epsilon = beta_1, beta_2, epsilon

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.m, self.s = self.add_optimizer_variables(variables, ["m", "s"])

    def update_step(self, gradient, variable, learning_rate):
        position = self._get_variable_index(variable)
        m = self.beta_1 * self.m[position] + (1 - self.beta_1) * gradient
        s = self.beta_2 * self.s[position] + (1 - self.beta_2) * gradient * gradient
        self.m[position].assign(m)
        self.s[position].assign(s)
        done = keras.ops.cast(self.iterations, "float32") + 1.0
        m = m / (1.0 - keras.ops.exp(done * keras.ops.log(self.beta_1)))
        s = s / (1.0 - keras.ops.exp(done * keras.ops.log(self.beta_2)))
        variable.assign(variable - learning_rate * m / (keras.ops.sqrt(s) + self.epsilon))

    def get_config(self):
        config = super().get_config()
        for name in ("beta_1", "beta_2", "epsilon"):
            config[name] = getattr(self, name)
        return config
