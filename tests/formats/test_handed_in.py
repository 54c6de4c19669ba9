"""What a file is, by its first bytes."""

import io
import zipfile

import pytest

from eventapp.formats import handed_in


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7", "a.PDF"),
        (b"\xff\xd8\xff\xe0", "a.jpeg"),
        (b"\x89PNG\r\n\x1a\n", "a.png"),
        (b"RIFF0000WEBP", "a.webp"),
        (packed("[Content_Types].xml", "word/document.xml"), "a.docx"),
        (packed("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx"),
        (packed("[Content_Types].xml", "ppt/presentation.xml"), "a.pptx"),
        (packed("mimetype", "Contents/content.hpf"), "a.hwpx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"HWP Document File", "a.hwp"),
    ],
)
def test_what_is_taken(data, name):
    assert handed_in.check(data, name)[0] == name
    with pytest.raises(handed_in.FileProblem, match="not_taken"):
        handed_in.check(data, "a.html")


def test_a_name_is_one_short_line_with_its_ending():
    assert handed_in.tidy_name("..\\..\\etc/명함\r\n\u202efdp.pdf") == "명함 fdp.pdf"
    assert len(handed_in.tidy_name("가" * 300 + ".pdf")) == 120
    assert handed_in.tidy_name("가" * 300 + ".pdf").endswith(".pdf")
    assert handed_in.tidy_name("한글.pdf") == "한글.pdf"
