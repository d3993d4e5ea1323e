"""Your new head keeps its random weights; small steps do not get far from there."""

FAILS = ("transfer_gain",)
HINT = None  # An accuracy has many causes.


def transfer(train_images, train_labels, seed=0, epochs=20):
    training.set_seed(seed)
    base = pretrained_base()
    model = new_head(base, int(train_labels.max()) + 1)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    steps = -(-epochs * len(train_images) // 16)
    train(model, train_images, train_labels, steps, seed, batch_size=16)
    return model
