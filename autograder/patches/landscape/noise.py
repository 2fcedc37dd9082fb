"""Smooth random fields and small filters, in numpy alone."""

import numpy as np


def smooth_noise(
    rng: np.random.Generator, shape: tuple[int, int], scale: float, octaves: int = 1
) -> np.ndarray:
    """Random field with mean 0 and standard deviation 1, float32.

    Args:
        rng: Source of randomness.
        shape: Height and width in pixels.
        scale: Size of the largest features in pixels.
        octaves: Number of layers, each half as large and half as strong as the one before.
    """
    field = np.zeros(shape, np.float32)
    for octave in range(octaves):
        step = max(scale / 2**octave, 1.0)
        rows, columns = (int(np.ceil(n / step)) + 4 for n in shape)
        knots = rng.standard_normal((rows, columns), dtype=np.float32)
        rows_first = _spline(knots, shape[0], step, rng.random())
        field += _spline(rows_first.T, shape[1], step, rng.random()).T / 2**octave
    field -= field.mean()
    return field / max(float(field.std()), 1e-6)


def blur(image: np.ndarray, kernel: tuple[float, ...]) -> np.ndarray:
    """Convolve the last two axes with a symmetric separable kernel of odd length."""
    for axis in (-2, -1):
        image = _blur_axis(image, kernel, axis)
    return image


def block_mean(image: np.ndarray, factor: int) -> np.ndarray:
    """Mean over blocks of `factor` × `factor` pixels of the last two axes.

    Edges are repeated where the size is no multiple of the factor.
    """
    height, width = image.shape[-2:]
    pad = [(0, 0)] * (image.ndim - 2) + [(0, -height % factor), (0, -width % factor)]
    image = np.pad(image, pad, mode="edge")
    rows, columns = image.shape[-2] // factor, image.shape[-1] // factor
    blocks = image.reshape(*image.shape[:-2], rows, factor, columns, factor)
    return blocks.mean(axis=(-3, -1))


def enlarge(image: np.ndarray, factor: int, shape: tuple[int, int]) -> np.ndarray:
    """Bilinear enlargement of the last two axes by an even factor, cropped to `shape`."""
    repeated = image.repeat(factor, axis=-2).repeat(factor, axis=-1)[..., : shape[0], : shape[1]]
    # A box as wide as the blocks, centred on pixels, turns the steps into straight slopes.
    return blur(repeated, (0.5 / factor, *[1 / factor] * (factor - 1), 0.5 / factor))


def _spline(knots: np.ndarray, size: int, step: float, shift: float) -> np.ndarray:
    """Interpolate the first axis with cubic B-splines: smooth, without the grid of a linear one."""
    position = np.arange(size) / step + shift + 1
    before = position.astype(int)
    total = np.zeros((size, knots.shape[1]), np.float32)
    for offset in (-1, 0, 1, 2):
        distance = np.abs(position - before - offset)
        near = 2 / 3 - distance**2 + distance**3 / 2
        weight = np.where(distance < 1, near, np.clip(2 - distance, 0, None) ** 3 / 6)
        total += weight.astype(np.float32)[:, None] * knots[before + offset]
    return total


def _blur_axis(image: np.ndarray, kernel: tuple[float, ...], axis: int) -> np.ndarray:
    reach = len(kernel) // 2
    pad = [(0, 0)] * image.ndim
    pad[axis] = (reach, reach)
    padded = np.pad(image, pad, mode="edge")
    size = image.shape[axis]
    total = np.zeros_like(image)
    for offset, weight in enumerate(kernel):
        window = [slice(None)] * image.ndim
        window[axis] = slice(offset, offset + size)
        total += np.float32(weight) * padded[tuple(window)]
    return total
