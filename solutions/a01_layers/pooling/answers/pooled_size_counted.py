"""The windows are counted, one by one."""


def pooled_size(width, kernel, stride, ceil=False):
    places, start = 1, stride
    while start + kernel <= width:
        places, start = places + 1, start + stride
    seen_all = start - stride + kernel >= width
    return places + 1 if ceil and not seen_all and start < width else places
