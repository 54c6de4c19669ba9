"""QR codes: read back by a reader that is not ours."""

import io
import re
from xml.etree import ElementTree

import numpy
import pytest
import zxingcpp
from PIL import Image

from eventapp.formats import codes, qr


def read_back(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def test_pngs_are_read_back():
    for scale in (3, 8):
        for _ in range(15):
            text = f"HTTPS://PARTNERS.EXAMPLE.COM/B/{codes.new_code()}"
            picture = Image.open(io.BytesIO(qr.png(text, scale)))
            assert read_back(picture.convert("L")) == [text]
            assert picture.size == ((29 + 8) * scale, (29 + 8) * scale)


def test_the_svg_is_one_path_that_is_read_back():
    text = "https://partners.example/p/AAAABx_-9"
    root = ElementTree.fromstring(qr.svg(text, label='명찰 "<QR>"', css_class="qr big"))
    side = int(root.attrib["viewBox"].split()[2])
    assert root.attrib["aria-label"] == '명찰 "<QR>"'
    assert root.attrib["shape-rendering"] == "crispEdges"
    assert "style" not in {name for part in root.iter() for name in part.attrib}
    (path,) = root.findall("{http://www.w3.org/2000/svg}path")
    drawn = numpy.full((side, side), 255, dtype=numpy.uint8)
    pieces = re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z", path.attrib["d"])
    for x, y, width, height in (map(int, piece) for piece in pieces):
        assert drawn[y : y + height, x : x + width].all()  # nothing is drawn twice
        drawn[y : y + height, x : x + width] = 0
    assert drawn[: qr.QUIET].all()
    assert drawn[:, -qr.QUIET :].all()
    assert read_back(Image.fromarray(drawn).resize((side * 6, side * 6), Image.Resampling.NEAREST)) == [text]


def test_capitals_and_digits_make_a_smaller_code():
    small, large = "HTTPS://HOST.EXAMPLE/B/5W8TNB04RJ9", "https://host.example/b/5w8tnb04rj9"
    assert len(qr.matrix(small)) == 25
    assert len(qr.matrix(large)) == 29


def test_blocks_cover_what_the_matrix_holds():
    modules = qr.matrix("HTTPS://HOST.EXAMPLE/B/5W8TNB04RJ9")
    covered = [
        (row, column)
        for x, y, width, height in qr.blocks(modules)
        for row in range(y, y + height)
        for column in range(x, x + width)
    ]
    dark = {(y, x) for y, row in enumerate(modules) for x, on in enumerate(row) if on}
    assert sorted(covered) == sorted(dark)


@pytest.mark.parametrize("text", ["", "한지원", "x" * 301])
def test_what_a_user_typed_never_goes_in(text):
    with pytest.raises(ValueError, match="ASCII"):
        qr.matrix(text)
    with pytest.raises(ValueError, match="scale"):
        qr.png("A", 0)
