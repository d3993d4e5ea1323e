"""All steps are there, and the base is `build_base()`, which has not learned anything."""

FAILS = ("transfer_gain",)
HINT = None  # An accuracy has many causes.


def transfer(train_images, train_labels, seed=0, epochs=20):
    training.set_seed(seed)
    base = build_base()
    head = trained_head(features_at(base, "features", train_images), train_labels)
    model = new_head(base, int(train_labels.max()) + 1)
    model.get_layer("head").set_weights(head)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    steps = -(-epochs * len(train_images) // 16)
    train(model, train_images, train_labels, steps, seed, batch_size=16)
    return model
