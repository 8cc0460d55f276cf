"""Skin, light and irregular edges, made of seeded noise with Pillow alone."""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

Colour = tuple[int, int, int]
Point = tuple[float, float]


def noise(rng: Random, size: tuple[int, int], cell: Point) -> Image.Image:
    """Smooth noise whose features are about `cell` pixels wide and high."""
    small = (max(2, round(size[0] / cell[0]) + 2), max(2, round(size[1] / cell[1]) + 2))
    grain = Image.frombytes("L", small, rng.randbytes(small[0] * small[1]))
    return grain.resize(size, Image.Resampling.BICUBIC)


def fractal(
    rng: Random, size: tuple[int, int], cells: Sequence[float], *, fine: float = 0.36
) -> Image.Image:
    """Noise on several scales at once, from the largest to the smallest; 0 to 255."""
    picture = noise(rng, size, (cells[0], cells[0]))
    for level, cell in enumerate(cells[1:]):
        picture = Image.blend(picture, noise(rng, size, (cell, cell)), fine * 0.7**level)
    return ImageOps.autocontrast(picture, cutoff=0.5)


def streaks(
    rng: Random, size: tuple[int, int], cell: Point, *, angle: float, sharp: float
) -> Image.Image:
    """Thin bright ridges that run along `angle` (degrees), on black."""
    side = int(math.hypot(*size)) + 8
    field = ImageOps.autocontrast(noise(rng, (side, side), cell))
    ridges = field.point(lambda value: max(0, 255 - round(abs(value - 128) * sharp)))
    turned = ridges.rotate(angle, Image.Resampling.BILINEAR)
    left, top = (side - size[0]) // 2, (side - size[1]) // 2
    return turned.crop((left, top, left + size[0], top + size[1]))


def tint(base: Image.Image, colour: Colour, mask: Image.Image, strength: float = 1) -> Image.Image:
    """Lay `colour` over the picture where the mask is bright."""
    weaker = mask.point(lambda value: round(value * strength))
    return Image.composite(Image.new("RGB", base.size, colour), base, weaker)


def shade(base: Image.Image, light: Image.Image, strength: float = 1) -> Image.Image:
    """Darken where `light` is under 128 and brighten where it is over, without losing colour."""
    softer = light.point(lambda value: round(128 + (value - 128) * strength))
    return ImageChops.soft_light(base, Image.merge("RGB", [softer] * 3))


def relief(height: Image.Image, *, depth: float, step: int = 2) -> Image.Image:
    """The light that falls on a height field from the upper left, around 128."""
    moved = ImageChops.offset(height, step, step)
    return ImageChops.subtract(height, moved, 1 / depth, 128)


def blob(
    rng: Random,
    size: tuple[int, int],
    centre: Point,
    radii: Point,
    *,
    angle: float = 0,
    rough: float = 0.3,
    soft: float = 12,
    cells: Sequence[float] = (230, 90, 34, 13),
) -> Image.Image:
    """A mask with an organic edge: an ellipse whose border follows noise."""
    disc = Image.radial_gradient("L").resize(
        (round(radii[0] * 4), round(radii[1] * 4)), Image.Resampling.BICUBIC
    )
    turned = disc.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    field = Image.new("L", size, 255)
    field.paste(turned, (round(centre[0] - turned.width / 2), round(centre[1] - turned.height / 2)))
    wobble = fractal(rng, size, cells, fine=0.22).point(
        lambda value: round(128 + (value - 128) * rough * 0.6)
    )
    edge = ImageChops.add(field, wobble, 1, -128)
    return edge.point(lambda value: round(255 * min(1, max(0, (127 + soft - value) / (2 * soft)))))


def skin(rng: Random, size: tuple[int, int], colour: Colour, *, scale: float = 1) -> Image.Image:
    """A field of skin: uneven colour, furrows, pores. `scale` 2 is twice as close."""
    red, green, blue = colour
    picture = Image.new("RGB", size, colour)
    wide = fractal(rng, size, [700 * scale, 260 * scale, 90 * scale])
    fine = fractal(rng, size, [60 * scale, 22 * scale, 9 * scale])
    picture = tint(picture, (min(255, red + 4), green - 30, blue - 28), wide, 0.30)
    picture = tint(picture, (red - 8, green - 4, blue - 26), ImageOps.invert(wide), 0.25)
    picture = tint(picture, (min(255, red + 6), green - 22, blue - 16), fine, 0.28)
    for angle in (28, -35, 82):
        cell = (26 * scale, 7 * scale)
        furrows = streaks(rng, size, cell, angle=angle, sharp=4.2).filter(
            ImageFilter.GaussianBlur(1.1 * scale)
        )
        picture = tint(picture, (red - 62, green - 66, blue - 58), furrows, 0.13)
        picture = shade(picture, relief(ImageOps.invert(furrows), depth=0.5), 0.36)
    bumps = fractal(rng, size, [14 * scale, 6 * scale, 3 * scale])
    return shade(picture, relief(bumps, depth=0.6), 0.30)


def hairs(rng: Random, base: Image.Image, mask: Image.Image, *, count: int) -> Image.Image:
    """Fine short hairs that lie roughly one way, only where the mask is bright."""
    layer = Image.new("L", base.size, 0)
    pen = ImageDraw.Draw(layer)
    for _ in range(count):
        x, y = rng.uniform(0, base.width), rng.uniform(0, base.height)
        heading, bend = math.radians(rng.gauss(55, 16)), rng.gauss(0, 0.018)
        length = rng.uniform(45, 150)
        points = [(x, y)]
        for _ in range(int(length / 6)):
            heading += bend
            x, y = x + 6 * math.cos(heading), y + 6 * math.sin(heading)
            points.append((x, y))
        strength = rng.randint(70, 170)
        pen.line(points[: len(points) * 2 // 3], fill=strength, width=2)
        pen.line(points, fill=strength * 2 // 3, width=1)
    layer = layer.filter(ImageFilter.GaussianBlur(0.7))
    return tint(base, (62, 42, 32), ImageChops.multiply(layer, mask), 0.75)


def cloth(rng: Random, size: tuple[int, int], colour: Colour) -> Image.Image:
    """A theatre drape with soft folds and a weave."""
    picture = Image.new("RGB", size, colour)
    folds = streaks(rng, size, (900, 220), angle=24, sharp=1.4)
    picture = shade(picture, folds.filter(ImageFilter.GaussianBlur(40)), 0.85)
    for angle in (4, 94):
        threads = streaks(rng, size, (46, 3), angle=angle, sharp=2.2)
        picture = shade(picture, threads.point(lambda value: 104 + value // 5), 0.6)
    return picture


def photograph(
    rng: Random, scene: Image.Image, *, lamp: Point, warm: float = 1, focus: float = 0.9
) -> Image.Image:
    """What a phone makes of a scene: a lamp to one side, a lens, a sensor."""
    width, height = scene.size
    glow = Image.radial_gradient("L").resize((round(width * 2.6), round(height * 2.6)))
    left, top = round(width * (1.3 - lamp[0])), round(height * (1.3 - lamp[1]))
    light = ImageOps.invert(glow.crop((left, top, left + width, top + height)))
    picture = shade(scene, light.point(lambda value: 30 + round(value * 0.72)), 0.9)
    corners = Image.radial_gradient("L").resize(scene.size, Image.Resampling.BICUBIC)
    picture = tint(picture, (10, 8, 8), corners.point(lambda v: max(0, v - 120)), 0.34)
    red, green, blue = picture.split()
    blue = blue.point(lambda value: round(value / warm))
    picture = Image.merge("RGB", (red, green, blue)).filter(ImageFilter.GaussianBlur(focus))
    grain = fractal(rng, scene.size, [2.2, 1])
    return shade(picture, grain, 0.10)
