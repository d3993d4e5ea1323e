"""Whole arrays at once: einsum, one matrix for input and state, recursion, no lists."""

import numpy as np

hello = {"p_h": 0.037682, "fourth_input": [0.0, 0.0, 1.0, 0.0], "weights": 33, "loss": 1.39739}
hello["untrained"] = -np.log(0.25)

truncation = {"first_target": 1, "gradient_reach": 24, "state_reach": 99, "updates": 4}


def training_pairs(text, alphabet):
    letters = np.array(list(text))[:, np.newaxis]
    rows = (letters == np.array(list(alphabet))).astype(int)
    return rows[:-1], rows[1:].argmax(axis=1)


def draw_letter(probabilities, u):
    place = np.searchsorted(np.cumsum(probabilities), u, side="right")
    return min(place, len(probabilities) - 1)


def step_forward(x, h, w_xh, w_hh):
    return np.tanh(np.concatenate([h, x], axis=1) @ np.concatenate([w_hh, w_xh], axis=1).T)


def step_backward(dnext, x, h, new, w_xh, w_hh):
    da = dnext - dnext * new * new
    dx = np.einsum("bk,ki->bi", da, w_xh)
    dh = np.einsum("bk,kj->bj", da, w_hh)
    return dx, dh, np.einsum("bk,bi->ki", da, x), np.einsum("bk,bj->kj", da, h)


def rnn_forward(x, h0, w_xh, w_hh, w_hy):
    states = np.zeros((*x.shape[:2], len(w_hh)))
    states += np.einsum("bti,ki->btk", x, w_xh)
    for t in range(x.shape[1]):
        before = h0 if t == 0 else states[:, t - 1]
        states[:, t] = np.tanh(states[:, t] + np.einsum("bj,kj->bk", before, w_hh))
    return states, np.einsum("btk,ok->bto", states, w_hy)


def rnn_backward(dy, x, h0, states, w_xh, w_hh, w_hy):
    da = np.einsum("bto,ok->btk", dy, w_hy)
    slopes = 1 - states**2
    da[:, -1] *= slopes[:, -1]
    for t in range(x.shape[1] - 2, -1, -1):
        da[:, t] = slopes[:, t] * (da[:, t] + da[:, t + 1] @ w_hh)
    before = np.concatenate([h0[:, np.newaxis], states[:, :-1]], axis=1)
    return (
        da @ w_xh,
        da[:, 0] @ w_hh,
        np.einsum("btk,bti->ki", da, x),
        np.tensordot(da, before, axes=([0, 1], [0, 1])),
        np.tensordot(dy, states, axes=([0, 1], [0, 1])),
    )


def read_all(cell, x, h):
    if x.shape[1] == 0:
        return h
    return read_all(cell, x[:, 1:], cell(x[:, 0], h))


def many_to_many(cell, x):
    start = cell.first_state(len(x))
    states = [read_all(cell, x[:, : t + 1], start) for t in range(x.shape[1])]
    return cell.output(np.stack(states, axis=1))


def many_to_one(cell, x):
    return many_to_many(cell, x)[:, -1, :]


def one_to_many(cell, x, steps):
    padded = np.zeros((len(x), steps, x.shape[1]))
    padded[:, 0] = x
    return many_to_many(cell, padded)


def encoder_decoder(encoder, decoder, x, steps):
    h = read_all(encoder, x, encoder.first_state(len(x)))
    nothing = np.stack([decoder.no_input(len(x))] * steps, axis=1)
    states = [read_all(decoder, nothing[:, : t + 1], h) for t in range(steps)]
    return decoder.output(np.stack(states, axis=1))


def state_jacobian(states, w_hh):
    if len(states) == 1:
        return np.diag(1 - states[0] ** 2) @ w_hh
    return np.diag(1 - states[-1] ** 2) @ w_hh @ state_jacobian(states[:-1], w_hh)


def with_spectral_radius(w, radius):
    return w / max(abs(np.linalg.eigvals(w))) * radius


def clip_by_norm(gradients, limit):
    together = np.concatenate([gradient.ravel() for gradient in gradients])
    longer = max(np.linalg.norm(together) / limit, 1)
    return [gradient / longer for gradient in gradients]


def clip_by_value(gradients, limit):
    return [np.sign(g) * np.minimum(np.abs(g), limit) for g in gradients]
