"""A head that Keras trains on the frozen base, in larger steps, before the fine-tuning."""


def transfer(train_images, train_labels, seed=0, epochs=20):
    training.set_seed(seed)
    base = pretrained_base()
    base.trainable = False
    model = new_head(base, int(train_labels.max()) + 1)
    compile_network(model, 5 * BASE_LEARNING_RATE)
    model.fit(train_images, train_labels, batch_size=16, epochs=2 * epochs, verbose=0)
    fine_tune(model, base, 1, BASE_LEARNING_RATE)
    model.fit(train_images, train_labels, batch_size=16, epochs=epochs, verbose=0)
    return model
