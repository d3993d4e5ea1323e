"""Four gates on an axis of their own, einsum, a training in dictionaries; the layer with reshapes."""

import keras


def lstm_step(x, h, c, W, b):
    hidden = h.shape[1]
    blocks = W.reshape(-1, 4, hidden)
    a = np.einsum("nk,kgh->ngh", np.c_[h, x], blocks) + b.reshape(4, hidden)
    gates = 1 / (1 + np.exp(-a))
    gates[:, 3] = np.tanh(a[:, 3])
    c_next = gates[:, 1] * c + gates[:, 0] * gates[:, 3]
    return gates[:, 2] * np.tanh(c_next), c_next, gates.reshape(len(x), -1)


def lstm_step_backward(dh_next, dc_next, x, h, c, W, b):
    n, hidden = h.shape
    _, c_next, gates = lstm_step(x, h, c, W, b)
    gates = gates.reshape(n, 4, hidden)
    i, f, o, g = gates.transpose(1, 0, 2)
    d = dc_next + dh_next * o * (1 - np.tanh(c_next) ** 2)
    arriving = np.stack([d * g, d * c, dh_next * np.tanh(c_next), d * i], axis=1)
    slopes = gates * (1 - gates)
    slopes[:, 3] = 1 - g**2
    da = arriving * slopes
    blocks = W.reshape(-1, 4, hidden)
    dboth = np.einsum("ngh,kgh->nk", da, blocks)
    dW = np.einsum("nk,ngh->kgh", np.c_[h, x], da).reshape(W.shape)
    return dboth[:, hidden:], dboth[:, :hidden], d * f, dW, da.sum(axis=0).ravel()


def lstm_backward(dh, x, h0, c0, W, b):
    trace, h, c = [], h0, c0
    for t in range(x.shape[1]):
        trace.append((x[:, t], h, c))
        h, c, _ = lstm_step(x[:, t], h, c, W, b)
    dh_now, dc_now, dxs, dWs, dbs = 0 * h0, 0 * c0, [], [], []
    for t, arguments in reversed(list(enumerate(trace))):
        dx, dh_now, dc_now, dW, db = lstm_step_backward(dh[:, t] + dh_now, dc_now, *arguments, W, b)
        dxs.insert(0, dx)
        dWs.append(dW)
        dbs.append(db)
    return np.stack(dxs, axis=1), dh_now, dc_now, sum(dWs), sum(dbs)


def cell_path(f):
    later = np.concatenate([f[:, 1:], np.ones_like(f[:, :1])], axis=1)
    return np.cumprod(later[:, ::-1], axis=1)[:, ::-1]


class LSTM(keras.layers.Layer):
    def __init__(self, units, return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.units, self.return_sequences = units, return_sequences

    def build(self, input_shape):
        def forget_bias(shape, dtype=None):
            parts = [keras.ops.zeros(self.units), keras.ops.ones(self.units)]
            return keras.ops.concatenate([*parts, keras.ops.zeros(2 * self.units)])

        size = 4 * self.units
        self.kernel = self.add_weight(shape=(input_shape[2], size), initializer="glorot_uniform")
        self.recurrent_kernel = self.add_weight(shape=(self.units, size), initializer="orthogonal")
        self.bias = self.add_weight(shape=(size,), initializer=forget_bias)

    def call(self, inputs):
        ops, size = keras.ops, self.units
        from_inputs = ops.matmul(inputs, self.kernel) + self.bias
        h = ops.zeros_like(from_inputs[:, 0, :size])
        c, states = h, []
        for t in range(inputs.shape[1]):
            a = from_inputs[:, t] + ops.matmul(h, self.recurrent_kernel)
            i, f = ops.sigmoid(a[:, :size]), ops.sigmoid(a[:, size : 2 * size])
            g, o = ops.tanh(a[:, 2 * size : 3 * size]), ops.sigmoid(a[:, 3 * size :])
            c = f * c + i * g
            h = o * ops.tanh(c)
            states.append(ops.expand_dims(h, 1))
        if self.return_sequences:
            return ops.concatenate(states, axis=1)
        return h

    def get_config(self):
        config = super().get_config()
        config.update(units=self.units, return_sequences=self.return_sequences)
        return config


def in_pieces(x, length, W, b, stateful):
    zeros = np.zeros((len(x), W.shape[1] // 4))
    if stateful:
        return lstm_forward(x, zeros, zeros, W, b)[0]
    parts = np.split(x, range(length, x.shape[1], length), axis=1)
    return np.hstack([lstm_forward(part, zeros, zeros, W, b)[0] for part in parts])


def learn_by_heart(letters, W, b, V, rate, steps):
    weights = {"W": W.copy(), "b": b.copy(), "V": V.copy()}
    x, n = np.zeros((1, len(letters) - 1, V.shape[1])), len(letters) - 1
    for t in range(n):
        x[0, t, letters[t]] = 1
    zeros, losses = np.zeros((1, len(V))), []
    for _ in range(steps):
        W, b, V = weights.values()
        h = lstm_forward(x, zeros, zeros, W, b)[0][0]
        p = np.exp(h @ V)
        p /= p.sum(axis=1)[:, None]
        losses.append(sum(-np.log(p[t, letters[t + 1]]) for t in range(n)) / n)
        p[np.arange(n), letters[1:]] -= 1
        dW, db = lstm_backward((p / n @ V.T)[None], x, zeros, zeros, W, b)[3:]
        weights["V"] = V - rate * np.einsum("th,tv->hv", h, p / n)
        weights["W"] = W - rate * dW
        weights["b"] = b - rate * db
    return np.array(losses), weights["W"], weights["b"], weights["V"]


def softmax_at(scores, temperature):
    differences = (scores[..., None, :] - scores[..., :, None]) / temperature
    with np.errstate(over="ignore"):
        return 1 / np.exp(differences).sum(axis=-1)
