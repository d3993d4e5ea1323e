from autograder.checks import check, fit, submitted_weights


def public(reference):
    yield fit("digits", label="validation digits", public=True, like=reference.network, epochs=2)


@check("learned", public=public, cpu_seconds=20)
def learned(draw, reference):
    seed, like = draw.integer(0, 999), reference.network
    yield fit("digits", label="unseen digits", seed=seed, like=like, epochs=2, gpu={"epochs": 6})


def public_weights():
    yield submitted_weights(
        "digits.safetensors",
        dataset="digits",
        calibrated_by="learned",
        label="weights",
        public=True,
    )


@check("handed_in", public=public_weights)
def handed_in():
    yield submitted_weights(
        "digits.safetensors", dataset="digits", calibrated_by="learned", label="weights"
    )
