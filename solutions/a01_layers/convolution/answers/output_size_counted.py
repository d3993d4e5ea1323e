"""The windows are counted, one by one."""


def output_size(width, kernel, stride=1, padding=0, dilation=1):
    last_start = width + 2 * padding - 1 - (kernel - 1) * dilation
    return len(
        [
            start
            for start in range(width + 2 * padding)
            if start % stride == 0 and start <= last_start
        ]
    )
