"""You inherit Adam's step from Keras. Derive your class from keras.optimizers.Optimizer and write
the step yourself.
"""

import keras

FAILS = ("SlideAdam",)
# The call is forbidden: the grader says so itself.
HINT = None


class SlideAdam(keras.optimizers.Adam):
    pass
