"""Mistakes in `SlideAdam`."""

from autograder.checks import change, instead

change(
    "betas_exchanged",
    """
    self.beta_1 = beta_1
    self.beta_2 = beta_2
    """,
    """
    self.beta_1 = beta_2
    self.beta_2 = beta_1
    """,
    """
    return super().get_config() | {
        "beta_1": self.beta_1,
        "beta_2": self.beta_2,
        "epsilon": self.epsilon,
    }
    """,
    """
    config = super().get_config()
    config.update(beta_1=self.beta_2, beta_2=self.beta_1, epsilon=self.epsilon)
    return config
    """,
    say=(
        "You exchanged the two betas. beta_1 belongs to the average of gradients, beta_2 to the "
        "average of their squares."
    ),
)

change(
    "counter_for_each_variable",
    """
    self.epsilon = epsilon
    """,
    """
    self.epsilon = epsilon
    self.calls = 0
    """,
    """
    t = keras.ops.cast(self.iterations + 1, variable.dtype)
    """,
    """
    self.calls += 1
    t = self.calls
    """,
    say=(
        "You count the calls of `update_step`, but it is called once for each variable, and "
        "compiled only once. Take the step from self.iterations + 1."
    ),
)

change(
    "epsilon_of_keras",
    """
    first_unbias = first / (1 - self.beta_1**t)
    second_unbias = second / (1 - self.beta_2**t)
    self.assign_sub(
        variable, rate * first_unbias / (keras.ops.sqrt(second_unbias) + self.epsilon)
    )
    """,
    """
    rate = rate * keras.ops.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
    root = keras.ops.sqrt(second)
    self.assign_sub(variable, rate * first / (root + self.epsilon))
    """,
    say=(
        "Your epsilon is added to the root of the moment that is not corrected, as Keras does. On "
        "the slide it is added after the correction."
    ),
)


@instead(
    "inherited",
    say=(
        "You inherit Adam's step from Keras. Derive your class from keras.optimizers.Optimizer and "
        "write the step yourself."
    ),
    hint=None,  # The call is forbidden: the grader says so itself.
)
class SlideAdam(keras.optimizers.Adam):
    pass


change(
    "iterations_from_zero",
    "t = keras.ops.cast(self.iterations + 1, variable.dtype)",
    "t = keras.ops.cast(self.iterations, variable.dtype)",
    say=(
        "You use `self.iterations` as t, which is 0 during the first step, so that you divide zero "
        "by zero. Use self.iterations + 1."
    ),
)


@instead(
    "no_config",
    say=(
        "Made again from its configuration, your optimizer has the default betas and epsilon. "
        "Return them from `get_config`, together with those of super().get_config()."
    ),
)
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
        self.firsts = [self.add_variable_from_reference(v, "first") for v in variables]
        self.seconds = [self.add_variable_from_reference(v, "second") for v in variables]

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


change(
    "no_correction",
    """
    rate = keras.ops.cast(learning_rate, variable.dtype)
    t = keras.ops.cast(self.iterations + 1, variable.dtype)
    """,
    """
    rate = keras.ops.cast(learning_rate, variable.dtype)
    """,
    """
    first_unbias = first / (1 - self.beta_1**t)
    second_unbias = second / (1 - self.beta_2**t)
    self.assign_sub(
        variable, rate * first_unbias / (keras.ops.sqrt(second_unbias) + self.epsilon)
    )
    """,
    """
    corrected = first
    root = keras.ops.sqrt(second)
    self.assign_sub(variable, rate * corrected / (root + self.epsilon))
    """,
    say=(
        "You do not correct the moments, so the first steps have the wrong length. Divide them by "
        "1 - beta_1**t and 1 - beta_2**t."
    ),
)


@instead(
    "shared_by_all_optimizers",
    say=(
        "Your moments are an attribute of the class, so a second optimizer goes on with those of "
        "the first. Make them in `build`, as attributes of `self`."
    ),
    hint=None,  # What it returns depends on how often it was used before.
)
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


change(
    "shared_by_all_variables",
    """
    self.first_moments = [self.add_variable_from_reference(v, "first") for v in variables]
    self.second_moments = [self.add_variable_from_reference(v, "second") for v in variables]
    """,
    """
    for v in variables:
        self.first = self.add_variable_from_reference(v, "first")
        self.second = self.add_variable_from_reference(v, "second")
    """,
    """
    index = self._get_variable_index(variable)
    first, second = self.first_moments[index], self.second_moments[index]
    """,
    """
    first, second = self.first, self.second
    """,
    say=(
        "Your moments of the last variable overwrite those of all others. Keep one array for each "
        "variable, in lists, and look yours up by its index."
    ),
    hint=None,  # Variables of different shapes: it stops with an exception that names the shapes.
)

change(
    "uphill",
    """
    first_unbias = first / (1 - self.beta_1**t)
    second_unbias = second / (1 - self.beta_2**t)
    self.assign_sub(
        variable, rate * first_unbias / (keras.ops.sqrt(second_unbias) + self.epsilon)
    )
    """,
    """
    corrected = first / (1 - self.beta_1**t)
    root = keras.ops.sqrt(second / (1 - self.beta_2**t))
    self.assign_add(variable, rate * corrected / (root + self.epsilon))
    """,
    say="Your optimizer climbs: it adds the step. Use `self.assign_sub`, or a minus sign.",
)

change(
    "config_without_the_parent",
    "return super().get_config() | {",
    "return {",
    say=(
        "Your get_config leaves out what the parent class keeps, the learning rate first of "
        "all. Begin with super().get_config() and add your settings."
    ),
)


change(
    "settings_ignored",
    "self.beta_1 = beta_1",
    "self.beta_1 = 0.9",
    "self.beta_2 = beta_2",
    "self.beta_2 = 0.999",
    say="Your betas are always the default ones. Keep the arguments of __init__.",
)


change(
    "no_root",
    "keras.ops.sqrt(second_unbias)",
    "second_unbias",
    say="You divide by the second moment itself. Divide by its root.",
)


change(
    "not_squared",
    "gradient**2",
    "gradient",
    say="Your second moment averages the gradients. It averages their squares.",
)


change(
    "second_not_corrected",
    "second_unbias = second / (1 - self.beta_2**t)",
    "second_unbias = second",
    say=("You correct the first moment but not the second. Divide it by 1 - β₂ to the power of t."),
)


change(
    "epsilon_inside",
    "(keras.ops.sqrt(second_unbias) + self.epsilon)",
    "keras.ops.sqrt(second_unbias + self.epsilon)",
    say="Your epsilon stands under the root. The root ends before it.",
)


change(
    "epsilon_fixed",
    "self.epsilon = epsilon",
    "self.epsilon = 1e-7",
    say="Your epsilon is always 1e-7. Keep the argument of __init__.",
)

change(
    "config_without_epsilon",
    """
    "beta_2": self.beta_2,
    "epsilon": self.epsilon,
    """,
    """
    "beta_2": self.beta_2,
    """,
    say="Your get_config leaves epsilon out. Return every argument of __init__.",
)


change(
    "config_without_the_betas",
    """
    "beta_1": self.beta_1,
    "beta_2": self.beta_2,
    """,
    """

    """,
    say="Your get_config leaves the betas out. Return every argument of __init__.",
)
