"""Short, with tables and whole arrays."""


def features_at(model, layer, images, average=False):
    outputs = model.get_layer(layer).output
    if len(outputs.shape) == 4:
        last = layers.GlobalAveragePooling2D() if average else layers.Flatten()
        outputs = last(outputs)
    return keras.Model(model.input, outputs).predict(images, verbose=0)


def freeze(model, until):
    names = [layer.name for layer in model.layers]
    first = 0 if until is None else names.index(until) + 1  # a ValueError if it is not there
    for layer in model.layers[first:]:
        layer.trainable = True
    for layer in model.layers[:first]:
        layer.trainable = False


def trainable_counts(model):
    return tuple(
        sum(int(np.prod(w.shape)) for w in weights)
        for weights in (model.trainable_weights, model.non_trainable_weights)
    )


def reinitialise(model, names):
    fresh = keras.models.clone_model(model)
    for name in names:
        model.get_layer(name).set_weights(fresh.get_layer(name).get_weights())


class AlwaysInference(layers.Layer):
    def __init__(self, base):
        super().__init__()
        self.base = base

    def call(self, images):
        return self.base(images, training=False)


def new_head(base, classes):
    return keras.Sequential(
        [
            keras.Input(base.input_shape[1:]),
            AlwaysInference(base),
            layers.Dense(classes, name="head"),
        ]
    )


def changed_weights(before, after):
    return sorted(name for name, values in before.items() if (values != after[name]).any())


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    for layer in base.layers:
        layer.trainable = False
    for number in range(3, 3 - last, -1):
        base.get_layer(f"conv{number}").trainable = True
    compile_network(model, learning_rate / 10)


def few_per_class(labels, count, uniform):
    order = np.lexsort((uniform, labels))
    classes, starts, sizes = np.unique(labels[order], return_index=True, return_counts=True)
    if (sizes < count).any():
        raise ValueError(f"of {classes[sizes.argmin()]} there are only {sizes.min()}")
    return np.sort(order[(starts[:, np.newaxis] + np.arange(count)).ravel()])


def linear_probe(features, labels, classes, steps=300, learning_rate=1.0):
    padded = np.hstack([features, np.ones((len(features), 1))])
    both = np.zeros((padded.shape[1], classes))
    targets = (labels[:, np.newaxis] == np.arange(classes)).astype(float)
    for _ in range(steps):
        scores = padded @ both
        scores -= scores.max(axis=1, keepdims=True)
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        both -= learning_rate / len(features) * padded.T @ (probabilities - targets)
    return both[:-1], both[-1]


def decide(similar, little):
    return "abcd"[2 * (not little) + (not similar)]
