"""The seven pictures: each a wound, a lesion or a rash that no person has."""

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

from tools.samples.texture import (
    Colour,
    Point,
    blob,
    cloth,
    fractal,
    hairs,
    noise,
    photograph,
    relief,
    shade,
    skin,
    streaks,
    tint,
)

WIDE = (2016, 1512)
TALL = (1512, 2016)

PALE: Colour = (222, 176, 152)
TAN: Colour = (203, 156, 126)
BROWN: Colour = (158, 110, 82)


def graze() -> Image.Image:
    """A fresh graze: parallel scratches with small bleeding points on reddened skin."""
    rng = Random(101)
    scene = skin(rng, WIDE, PALE)
    centre = (1040.0, 740.0)
    halo = blob(rng, WIDE, centre, (700, 430), angle=-14, rough=0.5, soft=80)
    raw = blob(rng, WIDE, centre, (430, 240), angle=-14, rough=0.7, soft=34)
    scene = tint(scene, (204, 98, 88), halo, 0.42)
    scene = tint(scene, (186, 66, 60), raw, 0.50)
    for cell, sharp, colour, strength in (
        ((420, 16), 3.0, (150, 30, 30), 0.85),
        ((240, 9), 4.5, (104, 14, 18), 0.75),
        ((320, 12), 5.0, (232, 186, 160), 0.40),
    ):
        lines = ImageChops.multiply(streaks(rng, WIDE, cell, angle=-14, sharp=sharp), raw)
        gaps = fractal(rng, WIDE, [120, 40]).point(lambda value: min(255, max(0, value * 2 - 90)))
        scene = tint(scene, colour, ImageChops.multiply(lines, gaps), strength)
    points = fractal(rng, WIDE, [26, 11]).point(lambda value: 255 if value > 208 else 0)
    points = ImageChops.multiply(points.filter(ImageFilter.GaussianBlur(2)), raw)
    scene = tint(scene, (112, 10, 16), points, 0.9)
    wet = fractal(rng, WIDE, [18, 7]).point(lambda value: max(0, value - 214) * 6)
    scene = tint(scene, (255, 236, 226), ImageChops.multiply(wet, raw), 0.55)
    scene = hairs(rng, scene, ImageOps.invert(raw), count=240)
    return photograph(rng, scene, lamp=(0.36, 0.3), warm=1.03)


def leg_wound(*, healed: float = 0) -> Image.Image:
    """A wound on a shin with a paper ruler in the frame; `healed` 0 to 1 makes it smaller."""
    rng = Random(202)
    scene = _limb(rng, cloth(rng, WIDE, (94, 140, 150)), TAN)
    rng = Random(203 + round(healed * 10))
    size = 1 - 0.38 * healed
    scene = _open_wound(
        rng,
        scene,
        (1010, 640),
        (330 * size, 205 * size),
        angle=-8,
        slough=0.75 - 0.55 * healed,
        on=_limb_mask(Random(405)),
    )
    scene = hairs(rng, scene, Image.new("L", WIDE, 110), count=130)
    scene = _with_ruler(scene, (1010, 1120), turn=-2.2 + 4 * healed)
    return photograph(rng, scene, lamp=(0.6 - 0.2 * healed, 0.25), warm=1.05 - 0.03 * healed)


def mole() -> Image.Image:
    """A pigmented lesion close up: lop-sided, notched, in several browns."""
    rng = Random(303)
    scene = skin(rng, WIDE, (226, 184, 160), scale=2.1)
    centre = (985.0, 760.0)
    ring = blob(rng, WIDE, centre, (520, 440), rough=0.5, soft=90)
    body = blob(rng, WIDE, centre, (360, 285), angle=22, rough=0.5, soft=9, cells=(300, 120, 46))
    second = blob(
        rng, WIDE, (1210, 640), (210, 165), angle=-30, rough=0.45, soft=11, cells=(240, 90, 40)
    )
    whole = ImageChops.lighter(body, second)
    scene = tint(scene, (214, 128, 108), ring, 0.30)
    scene = tint(scene, (126, 78, 50), whole, 0.88)
    dark = blob(rng, WIDE, (900, 800), (210, 170), rough=0.8, soft=60)
    patches = fractal(rng, WIDE, [150, 60, 24, 10])
    scene = tint(scene, (58, 32, 24), ImageChops.multiply(dark, whole), 0.85)
    scene = tint(scene, (72, 42, 30), ImageChops.multiply(patches, whole), 0.55)
    pale = blob(rng, WIDE, (1150, 850), (100, 78), rough=0.9, soft=100)
    scene = tint(scene, (170, 128, 116), ImageChops.multiply(pale, whole), 0.45)
    net = streaks(rng, WIDE, (44, 17), angle=40, sharp=4)
    scene = tint(scene, (48, 28, 20), ImageChops.multiply(net, whole), 0.28)
    scene = shade(scene, relief(fractal(rng, WIDE, [30, 12, 6]), depth=0.8), 0.7)
    scene = hairs(rng, scene, Image.new("L", WIDE, 230), count=26)
    return photograph(rng, scene, lamp=(0.5, 0.42), warm=1.0, focus=1.0)


def forearm_rash() -> Image.Image:
    """Many raised red spots on a forearm, some of them run together."""
    rng = Random(404)
    scene = _limb(rng, cloth(rng, WIDE, (208, 212, 214)), PALE)
    limb = _limb_mask(Random(405))
    spots = Image.new("L", WIDE, 0)
    pen = ImageDraw.Draw(spots)
    for _ in range(210):
        x, y = rng.gauss(1020, 430), rng.gauss(740, 190)
        radius = min(38.0, max(7.0, rng.lognormvariate(2.65, 0.5)))
        pen.ellipse((x - radius, y - radius * 0.86, x + radius, y + radius * 0.86), fill=255)
    warped = ImageChops.add(
        spots.filter(ImageFilter.GaussianBlur(9)),
        fractal(rng, WIDE, [30, 12, 6]).point(lambda value: 64 + value // 2),
        1,
        -128,
    )
    raised = warped.point(lambda value: round(255 * min(1, max(0, (value - 78) / 70))))
    raised = ImageChops.multiply(raised, limb)
    flush = ImageChops.multiply(spots.filter(ImageFilter.GaussianBlur(46)), limb)
    scene = tint(scene, (206, 104, 90), flush, 0.66)
    scene = tint(scene, (190, 78, 68), raised.filter(ImageFilter.GaussianBlur(3)), 0.58)
    hearts = spots.filter(ImageFilter.GaussianBlur(12)).point(lambda value: max(0, value - 150) * 2)
    scene = tint(scene, (168, 48, 48), ImageChops.multiply(hearts, limb), 0.42)
    tops = raised.filter(ImageFilter.GaussianBlur(9))
    scene = shade(scene, relief(tops, depth=1.5, step=4), 0.7)
    scene = hairs(rng, scene, limb, count=300)
    return photograph(rng, scene, lamp=(0.42, 0.2), warm=1.02)


def sutured_cut() -> Image.Image:
    """A sutured cut on the back of a hand, photographed upright."""
    rng = Random(505)
    scene = skin(rng, TALL, TAN)
    for x, lean in ((330, 0.10), (700, 0.02), (1080, -0.07)):
        scene = shade(scene, _tendon(x, lean), 0.62)
    path = [(430 + 22 * i + 26 * math.sin(i / 5), 620 + 26 * i) for i in range(31)]
    line = Image.new("L", TALL, 0)
    ImageDraw.Draw(line).line(path, fill=255, width=15, joint="curve")
    rough = fractal(rng, TALL, [22, 9]).point(lambda value: 70 + value * 3 // 4)
    cut = ImageChops.multiply(line.filter(ImageFilter.GaussianBlur(2.5)), rough)
    scene = tint(scene, (204, 92, 84), line.filter(ImageFilter.GaussianBlur(48)), 1.0)
    scene = tint(scene, (216, 120, 104), line.filter(ImageFilter.GaussianBlur(17)), 0.85)
    scene = shade(scene, relief(line.filter(ImageFilter.GaussianBlur(15)), depth=2.2, step=6), 1)
    scene = tint(scene, (96, 16, 20), cut, 0.95)
    for place in range(2, 30, 4):
        scene = _suture(rng, scene, path[place], across=-40 + rng.uniform(-9, 9))
    scene = hairs(rng, scene, Image.new("L", TALL, 150), count=150)
    return photograph(rng, scene, lamp=(0.4, 0.3), warm=1.06)


_TOES = ((365, 340, 255, 172), (345, 610, 205, 112), (370, 815, 190, 100), (410, 995, 165, 88),
         (480, 1155, 150, 80))  # fmt: skip


def foot_ulcer() -> Image.Image:
    """A punched-out ulcer with a callus rim under the ball of a foot."""
    rng = Random(606)
    sole = _sole_mask()
    ground = _with_shadow(cloth(rng, WIDE, (62, 118, 104)), sole, reach=30)
    scene = Image.composite(skin(rng, WIDE, (216, 164, 138), scale=0.7), ground, sole)
    scene = _rounded(scene, sole, reach=150)
    for toe in _TOES:
        scene = _toe(scene, toe)
    scene = shade(scene, streaks(rng, WIDE, (700, 60), angle=80, sharp=1.6), 0.14)
    centre = (985.0, 700.0)
    callus = blob(rng, WIDE, centre, (330, 290), rough=0.5, soft=50)
    scene = tint(scene, (224, 190, 146), callus, 0.66)
    rim = blob(rng, WIDE, centre, (215, 185), angle=12, rough=0.5, soft=14)
    scene = tint(scene, (240, 222, 192), rim, 0.60)
    scene = _open_wound(rng, scene, centre, (165, 138), angle=12, slough=0.35)
    return photograph(rng, scene, lamp=(0.5, 0.3), warm=1.04)


def _toe(scene: Image.Image, toe: tuple[int, int, int, int]) -> Image.Image:
    """The pad of a toe: round, a little redder, with a crease where it meets the ball."""
    x, y, length, width = toe
    pad = Image.new("L", WIDE, 0)
    pen = ImageDraw.Draw(pad)
    pen.ellipse((x - length, y - width, x + length, y + width), fill=255)
    ball = pad.filter(ImageFilter.GaussianBlur(26))
    scene = tint(scene, (214, 140, 122), ball, 0.34)
    scene = shade(scene, relief(ball, depth=1.5, step=9), 0.75)
    crease = Image.new("L", WIDE, 0)
    edge = (x + length - 60, y - width * 0.9, x + length + 10, y + width * 0.9)
    ImageDraw.Draw(crease).arc(edge, -80, 80, fill=255, width=10)
    return tint(scene, (112, 60, 50), crease.filter(ImageFilter.GaussianBlur(8)), 0.7)


def _limb_mask(rng: Random) -> Image.Image:
    top, bottom = _wavy(rng, 250), _wavy(rng, 1330)
    mask = Image.new("L", WIDE, 0)
    ImageDraw.Draw(mask).polygon([*top, *reversed(bottom)], fill=255)
    return mask.filter(ImageFilter.GaussianBlur(3))


def _wavy(rng: Random, level: float) -> list[Point]:
    phase, slope = rng.uniform(0, 6), rng.uniform(-0.05, 0.05)
    return [
        (x, level + slope * (x - 1000) + 26 * math.sin(phase + x / 520))
        for x in range(-40, WIDE[0] + 60, 20)
    ]


def _limb(rng: Random, ground: Image.Image, colour: Colour) -> Image.Image:
    mask = _limb_mask(Random(405))
    scene = _with_shadow(ground, mask)
    scene = Image.composite(skin(rng, WIDE, colour), scene, mask)
    return _rounded(scene, mask, reach=170)


def _with_shadow(ground: Image.Image, mask: Image.Image, *, reach: int = 45) -> Image.Image:
    shadow = ImageChops.offset(mask, reach // 2, reach).filter(ImageFilter.GaussianBlur(reach))
    return tint(ground, (18, 20, 24), shadow, 0.55)


def _rounded(scene: Image.Image, mask: Image.Image, *, reach: int) -> Image.Image:
    """Darken towards the border of a body part, as a lamp from above does."""
    small = mask.resize((mask.width // 4, mask.height // 4))
    inner = small.filter(ImageFilter.GaussianBlur(reach / 4)).resize(mask.size)
    edge = ImageChops.multiply(inner.point(lambda value: max(0, 255 - value) * 2 % 511 // 2), mask)
    return tint(scene, (70, 36, 28), edge, 0.95)


def _open_wound(
    rng: Random,
    scene: Image.Image,
    centre: Point,
    radii: Point,
    *,
    angle: float,
    slough: float,
    on: Image.Image | None = None,
) -> Image.Image:
    """Granulation with yellow slough, a moist shine, a rolled edge, and redness around."""
    size = scene.size
    state = rng.getstate()

    def around(grow: float, soft: float) -> Image.Image:
        rng.setstate(state)
        wider = (radii[0] * grow, radii[1] * grow)
        mask = blob(
            rng, size, centre, wider, angle=angle, rough=0.44, soft=soft, cells=(260, 110, 40)
        )
        return ImageChops.multiply(mask, on) if on else mask

    bed = around(1.0, 7)
    scene = tint(scene, (196, 84, 74), around(1.75, 80), 0.50)
    scene = tint(scene, (230, 190, 168), around(1.16, 14), 0.70)
    scene = tint(scene, (138, 36, 34), around(1.04, 9), 0.85)
    scene = tint(scene, (158, 44, 42), bed, 0.97)
    grains = fractal(rng, size, [46, 24, 12, 5])
    pools = fractal(rng, size, [150, 60])
    scene = tint(scene, (92, 14, 20), ImageChops.multiply(ImageOps.invert(grains), bed), 0.38)
    scene = tint(scene, (84, 10, 18), ImageChops.multiply(pools, bed), 0.42)
    scene = tint(scene, (206, 92, 82), ImageChops.multiply(grains, bed), 0.22)
    yellow = fractal(rng, size, [190, 70, 26], fine=0.26).point(
        lambda value: min(255, max(0, (value - 146) * 4))
    )
    yellow = ImageChops.multiply(yellow.filter(ImageFilter.GaussianBlur(5)), bed)
    scene = tint(scene, (200, 172, 112), yellow, slough)
    bumps = relief(grains.filter(ImageFilter.GaussianBlur(2)), depth=1.3, step=4)
    lit = Image.composite(bumps, Image.new("L", size, 128), bed)
    scene = shade(scene, lit, 1.0)
    lip = around(1.0, 22)
    scene = shade(scene, relief(ImageOps.invert(lip), depth=0.9, step=7), 0.9)
    wet = noise(rng, size, (17, 10)).point(lambda value: max(0, value - 226) * 7)
    wet = ImageChops.multiply(wet.filter(ImageFilter.GaussianBlur(1.5)), bed)
    return tint(scene, (255, 240, 234), wet, 0.5)


def _with_ruler(scene: Image.Image, centre: Point, *, turn: float) -> Image.Image:
    """Lay a paper ruler beside the wound: 13 pixels a millimetre."""
    paper = _ruler()
    mask = Image.new("L", paper.size, 255)
    turned = paper.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    shape = mask.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    corner = (round(centre[0] - turned.width / 2), round(centre[1] - turned.height / 2))
    whole = Image.new("L", scene.size, 0)
    whole.paste(shape, corner)
    scene = _with_shadow(scene, whole, reach=10)
    sheet = Image.new("RGB", scene.size)
    sheet.paste(turned, corner)
    return Image.composite(sheet, scene, whole.filter(ImageFilter.GaussianBlur(0.8)))


def _ruler() -> Image.Image:
    rng = Random(7)
    size = (13 * 110, 190)
    paper = Image.new("RGB", size, (233, 231, 224))
    paper = shade(paper, fractal(rng, size, [300, 40, 4]), 0.10)
    pen = ImageDraw.Draw(paper)
    ink = (34, 34, 38)
    for mm in range(101):
        x = 65 + 13 * mm
        length = 62 if mm % 10 == 0 else 46 if mm % 5 == 0 else 30
        pen.line((x, 0, x, length), fill=ink, width=3 if mm % 10 == 0 else 2)
        if mm % 10 == 0:
            pen.text((x, 68), str(mm), fill=ink, font=ImageFont.load_default(34), anchor="mt")
    pen.text((65, 120), "mm", fill=ink, font=ImageFont.load_default(30))
    pen.text((190, 124), "No. ____________", fill=(90, 90, 96), font=ImageFont.load_default(28))
    pen.text((560, 124), "Site ______________", fill=(90, 90, 96), font=ImageFont.load_default(28))
    pen.text((960, 124), "Date ____________", fill=(90, 90, 96), font=ImageFont.load_default(28))
    for index, grey in enumerate((0, 128, 255)):
        pen.rectangle((1290 + 42 * index, 122, 1330 + 42 * index, 162), fill=(grey, grey, grey))
    return paper


def _tendon(x: float, lean: float) -> Image.Image:
    ridge = Image.new("L", TALL, 128)
    pen = ImageDraw.Draw(ridge)
    foot = x + lean * TALL[1]
    pen.line((x, -50, foot, 2060), fill=205, width=90)
    pen.line((x + 100, -50, foot + 100, 2060), fill=62, width=80)
    return ridge.filter(ImageFilter.GaussianBlur(46))


def _suture(rng: Random, scene: Image.Image, place: Point, *, across: float) -> Image.Image:
    """One interrupted stitch: bites, thread, knot, two tails."""
    turn = math.radians(across)
    dx, dy = 46 * math.cos(turn), 46 * math.sin(turn)
    x, y = place
    thread = Image.new("L", scene.size, 0)
    pen = ImageDraw.Draw(thread)
    knot = (x + dx * 0.55, y + dy * 0.55)
    pen.line((x - dx, y - dy, x + dx, y + dy), fill=255, width=6)
    for spread in (-0.9, 0.5):
        heading = turn + spread + rng.uniform(-0.2, 0.2)
        reach = rng.uniform(34, 58)
        end = (knot[0] + reach * math.cos(heading), knot[1] + reach * math.sin(heading))
        pen.line((*knot, *end), fill=235, width=5)
    pen.ellipse((knot[0] - 9, knot[1] - 8, knot[0] + 9, knot[1] + 8), fill=255)
    bites = Image.new("L", scene.size, 0)
    holes = ImageDraw.Draw(bites)
    for side in (-1, 1):
        bx, by = x + side * dx, y + side * dy
        holes.ellipse((bx - 15, by - 15, bx + 15, by + 15), fill=255)
    scene = tint(scene, (176, 50, 48), bites.filter(ImageFilter.GaussianBlur(8)), 0.8)
    shadow = ImageChops.offset(thread, 4, 6).filter(ImageFilter.GaussianBlur(4))
    scene = tint(scene, (50, 20, 18), shadow, 0.7)
    scene = tint(scene, (30, 38, 78), thread.filter(ImageFilter.GaussianBlur(0.9)))
    glint = ImageChops.offset(thread, -1, -2).filter(ImageFilter.GaussianBlur(1.4))
    return tint(scene, (120, 132, 176), ImageChops.subtract(glint, thread), 0.6)


def _sole_mask() -> Image.Image:
    mask = Image.new("L", WIDE, 0)
    outline = [
        (560, 190), (800, 120), (1120, 130), (1480, 230), (1800, 300), (2060, 330), (2060, 1330),
        (1800, 1300), (1500, 1330), (1160, 1440), (860, 1470), (640, 1400), (520, 1220), (430, 980),
        (400, 700), (410, 420),
    ]  # fmt: skip
    ImageDraw.Draw(mask).polygon(outline, fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(60)).point(lambda v: 255 if v > 127 else 0)
    pen = ImageDraw.Draw(mask)
    for x, y, length, width in _TOES:
        pen.ellipse((x - length, y - width, x + length, y + width), fill=255)
    return mask.filter(ImageFilter.GaussianBlur(4))
