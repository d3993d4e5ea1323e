"""Mistakes in `rnn_truncation`."""

from autograder.checks import change

change(
    "chunk_length",
    '"gradient_reach": 24,',
    '"gradient_reach": 25,',
    say=(
        "You took the length of a chunk. From its first step to its last there is one step less: "
        "in a chunk of one step the distance is 0."
    ),
)

change(
    "state_cut_too",
    '"state_reach": 99,',
    '"state_reach": 24,',
    say=(
        "You let the state end with the chunk. Only the gradient does: the state goes on, from the "
        "first step of the text to its last."
    ),
)

change(
    "text_length",
    '"state_reach": 99,',
    '"state_reach": 100,',
    say=("You took the length of the text. Its first step has the number 0 and its last one 99."),
)

change(
    "update_at_every_step",
    '"updates": 4,',
    '"updates": 100,',
    say="You change the weights after each step. It is done once for each chunk.",
)

change(
    "a_whole_chunk",
    '"first_target": 1}',
    '"first_target": 25}',
    say=(
        "You let every target reach a whole chunk. It reaches only what its chunk has read so far: "
        "look where in its chunk step 50 stands."
    ),
)

change(
    "from_the_beginning",
    '"first_target": 1}',
    '"first_target": 51}',
    say=(
        "You let the gradient go back to the beginning of the text. It stops where the chunk "
        "begins."
    ),
)
