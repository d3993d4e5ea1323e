"""Everything with plain loops and the simplest means."""

head_share = {
    "weight_layers": 10 + 3,
    "frozen": 133_047_848 - 1000 * 4097,
    "trained": 10 * 4096 + 10,
}


def features_at(model, layer, images, average=False):
    x = keras.ops.convert_to_tensor(images)
    for one in model.layers:
        if isinstance(one, layers.InputLayer):
            continue
        x = one(x, training=False) if isinstance(one, layers.BatchNormalization) else one(x)
        if one.name == layer:
            break
    x = np.array(x)
    if x.ndim == 4:
        x = x.mean((1, 2)) if average else x.reshape(x.shape[0], -1)
    return x


def freeze(model, until):
    if until is not None:
        try:
            model.get_layer(until)
        except ValueError as error:
            raise ValueError("no such layer") from error
    behind = until is None
    for layer in model.layers:
        layer.trainable = behind
        if layer.name == until:
            behind = True


def trainable_counts(model):
    counts = [0, 0]
    for variable in model.weights:
        size = 1
        for side in variable.shape:
            size *= side
        counts[0 if any(variable is one for one in model.trainable_weights) else 1] += size
    return counts[0], counts[1]


def reinitialise(model, names):
    for name in names:
        layer = model.get_layer(name)
        for variable in layer.weights:
            if variable.name == "kernel":
                initializer = layer.kernel_initializer
            else:
                one = variable.name in ("gamma", "moving_variance")
                initializer = keras.initializers.Ones() if one else keras.initializers.Zeros()
            variable.assign(initializer(variable.shape))


class Headed(keras.Model):
    def __init__(self, base, classes):
        super().__init__()
        self.base = base
        self.head = layers.Dense(classes, name="head")

    def call(self, images):
        return self.head(self.base(images, training=False))


def new_head(base, classes):
    model = Headed(base, classes)
    model(np.zeros((1, *base.input_shape[1:]), "float32"))
    return model


def changed_weights(before, after):
    names = []
    for name in sorted(before):
        for old, new in zip(before[name].ravel(), after[name].ravel(), strict=True):
            if old != new:
                names.append(name)
                break
    return names


def fine_tune(model, base, last, learning_rate):
    base.trainable = True
    left = last
    for layer in reversed(base.layers):
        layer.trainable = "conv" in layer.name and left > 0
        if "conv" in layer.name:
            left -= 1
    compile_network(model, 0.1 * learning_rate)


def few_per_class(labels, count, uniform):
    chosen, taken = [], {}
    for row in np.argsort(uniform):
        label = int(labels[row])
        taken.setdefault(label, 0)
        if taken[label] < count:
            taken[label] += 1
            chosen.append(int(row))
    if min(taken.values()) < count:
        raise ValueError("a class has too few examples")
    return sorted(chosen)


def linear_probe(features, labels, classes, steps=300, learning_rate=1.0):
    units = len(features[0])
    kernel, bias = np.zeros((units, classes)), np.zeros(classes)
    for _ in range(steps):
        d_kernel, d_bias = np.zeros_like(kernel), np.zeros_like(bias)
        for x, label in zip(features, labels, strict=True):
            scores = x @ kernel + bias
            p = np.exp(scores - max(scores))
            p = p / sum(p)
            p[label] -= 1
            d_kernel += np.outer(x, p)
            d_bias += p
        kernel = kernel - learning_rate * d_kernel / len(features)
        bias = bias - learning_rate * d_bias / len(features)
    return kernel, bias


def decide(similar, little):
    if similar and little:
        return "a"
    if little:
        return "b"
    if similar:
        return "c"
    return "d"
