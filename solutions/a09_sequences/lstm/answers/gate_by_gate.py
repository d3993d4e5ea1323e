"""Gate by gate, with lists and loops."""


def lstm_step(x, h, c, W, b):
    hidden = h.shape[1]
    opened = []
    for gate in range(4):
        columns = slice(gate * hidden, (gate + 1) * hidden)
        into = b[columns] + np.dot(h, W[:hidden, columns]) + np.dot(x, W[hidden:, columns])
        opened.append(np.tanh(into) if gate == 3 else (1 + np.tanh(into / 2)) / 2)
    c_next = opened[1] * c + opened[0] * opened[3]
    return opened[2] * np.tanh(c_next), c_next, np.hstack(opened)


def lstm_forward(x, h0, c0, W, b):
    h = np.zeros((*x.shape[:2], h0.shape[1]))
    c = np.zeros_like(h)
    for t in range(x.shape[1]):
        before = (h[:, t - 1], c[:, t - 1]) if t > 0 else (h0, c0)
        h[:, t], c[:, t], _ = lstm_step(x[:, t], *before, W, b)
    return h, c


def lstm_step_backward(dh_next, dc_next, x, h, c, W, b):
    hidden = h.shape[1]
    dx, dh, dc = np.zeros(x.shape), np.zeros(h.shape), np.zeros(c.shape)
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for n in range(len(x)):
        _, after, gates = lstm_step(x[n : n + 1], h[n : n + 1], c[n : n + 1], W, b)
        i, f, o, g = gates.reshape(4, hidden)
        shown = np.tanh(after[0])
        d = dc_next[n] + dh_next[n] * o / np.cosh(after[0]) ** 2
        da = np.hstack(
            [
                d * g * (i - i * i),
                d * c[n] * (f - f * f),
                dh_next[n] * shown * (o - o * o),
                d * i * (1 - g * g),
            ]
        )
        dh[n], dx[n] = W[:hidden] @ da, W[hidden:] @ da
        dc[n] = d * f
        dW += np.outer(np.hstack([h[n], x[n]]), da)
        db += da
    return dx, dh, dc, dW, db


def cell_path(f):
    steps = f.shape[1]
    return np.stack([np.prod(f[:, t + 1 :], axis=1) for t in range(steps)], axis=1)


def recurrent_parameters(hidden, inputs):
    gate = hidden * hidden + hidden * inputs
    return 4 * gate, 4 * (gate + hidden), 3 * (gate + 2 * hidden)


def from_keras(kernel, recurrent_kernel, bias):
    n = len(recurrent_kernel)
    order = [*range(2 * n), *range(3 * n, 4 * n), *range(2 * n, 3 * n)]
    return np.vstack([recurrent_kernel, kernel])[:, order], bias[order]


def in_pieces(x, length, W, b, stateful):
    hidden = len(b) // 4
    h = c = np.zeros((len(x), hidden))
    out = np.empty((len(x), x.shape[1], hidden))
    for t in range(x.shape[1]):
        if t % length == 0 and not stateful:
            h, c = np.zeros_like(h), np.zeros_like(c)
        h, c, _ = lstm_step(x[:, t], h, c, W, b)
        out[:, t] = h
    return out


def softmax_at(scores, temperature):
    logs = np.asarray(scores) / temperature
    top = logs.max(axis=-1, keepdims=True)
    return np.exp(logs - top - np.log(np.exp(logs - top).sum(axis=-1, keepdims=True)))
