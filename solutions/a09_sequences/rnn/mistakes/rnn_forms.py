"""Mistakes in `rnn_forms`."""

from autograder.checks import change

change(
    "last_only",
    """
        h = cell(x[:, t], h)
        outputs.append(cell.output(h))
    """,
    """
        h = cell(x[:, -1], h)
        outputs.append(cell.output(h))
    """,
    inside="many_to_many",
    say="Your many to many reads the last input at every step. Step t reads input t.",
)

change(
    "state_reset",
    "h = cell(x[:, t], h)",
    "h = cell(x[:, t], cell.first_state(len(x)))",
    inside="many_to_one",
    say=(
        "Your many to one begins anew at every step, and so it has read the last input only. Hand "
        "the state on from step to step."
    ),
)

change(
    "mean_of_outputs",
    """
    h = cell.first_state(len(x))
    for t in range(x.shape[1]):
        h = cell(x[:, t], h)
    return cell.output(h)
    """,
    """
    return many_to_many(cell, x).mean(axis=1)
    """,
    inside="many_to_one",
    say="Your many to one gives the mean of all outputs. It speaks once, after the last step.",
)

change(
    "state_for_output",
    "return cell.output(h)",
    "return h",
    inside="many_to_one",
    say="Your many to one gives the last state. Asked for is the output: `cell.output(h)`.",
)

change(
    "read_again_and_again",
    "h = cell(x if t == 0 else cell.no_input(len(x)), h)",
    "h = cell(x, h)",
    inside="one_to_many",
    say=(
        "Your one to many reads `x` at every step. It is read at the first one; after that there is "
        "nothing to read."
    ),
)

change(
    "first_output_missing",
    """
    for t in range(steps):
        h = cell(x if t == 0 else cell.no_input(len(x)), h)
        outputs.append(cell.output(h))
    """,
    """
    h = cell(x, h)
    for t in range(steps):
        h = cell(cell.no_input(len(x)), h)
        outputs.append(cell.output(h))
    """,
    inside="one_to_many",
    say=(
        "Your one to many is silent at the step that reads `x`. That step has an output, too: the "
        "first of all."
    ),
)

change(
    "decoder_from_nothing",
    """
    for _ in range(steps):
        h = decoder(decoder.no_input(len(x)), h)
    """,
    """
    h = decoder.first_state(len(x))
    for _ in range(steps):
        h = decoder(decoder.no_input(len(x)), h)
    """,
    inside="encoder_decoder",
    say=(
        "Your decoder begins with zeros and knows nothing of what was read. It begins with the "
        "encoder's last state."
    ),
    hint=None,
)

change(
    "one_cell_for_both",
    """
        h = decoder(decoder.no_input(len(x)), h)
        outputs.append(decoder.output(h))
    """,
    """
        h = encoder(encoder.no_input(len(x)), h)
        outputs.append(encoder.output(h))
    """,
    inside="encoder_decoder",
    say="You speak with the encoder. The second half is the decoder's, with weights of its own.",
)

change(
    "speaks_first",
    """
        h = decoder(decoder.no_input(len(x)), h)
        outputs.append(decoder.output(h))
    """,
    """
        outputs.append(decoder.output(h))
        h = decoder(decoder.no_input(len(x)), h)
    """,
    inside="encoder_decoder",
    say=(
        "Your decoder speaks before its first step, from the encoder's state. Each output comes "
        "*after* one of its steps."
    ),
)
