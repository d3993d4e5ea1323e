"""Number by number and example by example, in loops and lists."""

import math

import numpy as np

hello = {"p_h": 0.0377, "fourth_input": (0, 0, 1, 0), "weights": 33.0, "loss": 1.3974}
hello["untrained"] = 1.3863

truncation = {"updates": 100 // 25, "gradient_reach": 25 - 1, "state_reach": 100 - 1}
truncation["first_target"] = 50 % 25 + 1


def training_pairs(text, alphabet):
    x = np.zeros((len(text) - 1, len(alphabet)))
    targets = []
    for i in range(len(text) - 1):
        for k, letter in enumerate(alphabet):
            if text[i] == letter:
                x[i, k] = 1
            if text[i + 1] == letter:
                targets.append(k)
    return x, targets


def draw_letter(probabilities, u):
    end = 0.0
    for letter, probability in enumerate(probabilities):
        end += probability
        if u < end:
            return letter
    return len(probabilities) - 1


def step_forward(x, h, w_xh, w_hh):
    new = np.zeros(h.shape)
    for b in range(len(x)):
        for k in range(len(w_hh)):
            total = 0.0
            for j in range(len(w_hh)):
                total += w_hh[k, j] * h[b, j]
            for i in range(x.shape[1]):
                total += w_xh[k, i] * x[b, i]
            new[b, k] = math.tanh(total)
    return new


def step_backward(dnext, x, h, new, w_xh, w_hh):
    dx, dh = np.zeros(x.shape), np.zeros(h.shape)
    dw_xh, dw_hh = np.zeros(w_xh.shape), np.zeros(w_hh.shape)
    for b in range(len(x)):
        for k in range(len(w_hh)):
            slope = (1 - new[b, k]) * (1 + new[b, k])
            da = slope * dnext[b, k]
            dx[b] += da * w_xh[k]
            dh[b] += da * w_hh[k]
            dw_xh[k] += da * x[b]
            dw_hh[k] += da * h[b]
    return [dx, dh, dw_xh, dw_hh]


def rnn_forward(x, h0, w_xh, w_hh, w_hy):
    batch, time = x.shape[:2]
    states = np.zeros((batch, time, len(w_hh)))
    outputs = np.zeros((batch, time, len(w_hy)))
    for b in range(batch):
        h = h0[b]
        for t in range(time):
            h = np.tanh(w_hh @ h + w_xh @ x[b, t])
            states[b, t] = h
            outputs[b, t] = w_hy @ h
    return states, outputs


def rnn_backward(dy, x, h0, states, w_xh, w_hh, w_hy):
    dx, dh0 = np.zeros(x.shape), np.zeros(h0.shape)
    dw_xh, dw_hh, dw_hy = np.zeros(w_xh.shape), np.zeros(w_hh.shape), np.zeros(w_hy.shape)
    for b in range(len(x)):
        path = [h0[b], *states[b]]
        back = np.zeros(len(w_hh))
        for t in range(x.shape[1], 0, -1):
            dw_hy += np.outer(dy[b, t - 1], path[t])
            da = (back + w_hy.T @ dy[b, t - 1]) * (1 - path[t] ** 2)
            dw_xh += np.outer(da, x[b, t - 1])
            dw_hh += np.outer(da, path[t - 1])
            dx[b, t - 1] = w_xh.T @ da
            back = w_hh.T @ da
        dh0[b] = back
    return dx, dh0, dw_xh, dw_hh, dw_hy


def many_to_many(cell, x):
    examples = []
    for example in x:
        h, said = cell.first_state(1), []
        for read in example:
            h = cell(read[np.newaxis], h)
            said.append(cell.output(h)[0])
        examples.append(said)
    return np.array(examples)


def many_to_one(cell, x):
    said = []
    for example in x:
        h = cell.first_state(1)
        for read in example:
            h = cell(read[np.newaxis], h)
        said.append(cell.output(h)[0])
    return np.array(said)


def one_to_many(cell, x, steps):
    h = cell(x, cell.first_state(len(x)))
    said = [cell.output(h)]
    while len(said) < steps:
        h = cell(0 * x, h)
        said.append(cell.output(h))
    return np.array(said).swapaxes(0, 1)


def encoder_decoder(encoder, decoder, x, steps):
    examples = []
    for example in x:
        h, said = encoder.first_state(1), []
        for read in example:
            h = encoder(read[np.newaxis], h)
        while len(said) < steps:
            h = decoder(decoder.no_input(1), h)
            said.append(decoder.output(h)[0])
        examples.append(said)
    return np.array(examples)


def state_jacobian(states, w_hh):
    columns = []
    for change in np.eye(len(w_hh)):
        for h in states:
            change = (1 - h**2) * (w_hh @ change)
        columns.append(change)
    return np.array(columns).T


def with_spectral_radius(w, radius):
    largest = 0.0
    for value in np.linalg.eig(w)[0]:
        largest = max(largest, math.hypot(value.real, value.imag))
    return radius / largest * w


def clip_by_norm(gradients, limit):
    squares = 0.0
    for gradient in gradients:
        for number in gradient.ravel():
            squares += number * number
    norm = math.sqrt(squares)
    if norm <= limit:
        return [gradient.copy() for gradient in gradients]
    return [gradient / norm * limit for gradient in gradients]


def clip_by_value(gradients, limit):
    clipped = []
    for gradient in gradients:
        copy = gradient.copy()
        copy[copy > limit] = limit
        copy[copy < -limit] = -limit
        clipped.append(copy)
    return clipped
