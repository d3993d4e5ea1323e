"""All starts whose window sees what it must; lists instead of pairs."""


def window_spans(width, kernel, stride, ceil=False):
    spans = []
    for start in range(0, width, stride):
        if start + kernel <= width or (ceil and (not spans or spans[-1][1] < width)):
            spans.append([start, min(start + kernel, width)])
    return spans
