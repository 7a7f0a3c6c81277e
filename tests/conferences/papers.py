"""Manuscripts with a token in every place where a name can hide."""

import io
import zipfile
import zlib
from typing import Any

import pikepdf
from docx import Document

TOKEN = "Zyxwtoken"
JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def jpeg(comment: str = "") -> bytes:
    from PIL import Image

    target = io.BytesIO()
    exif = Image.Exif()
    exif[315] = comment  # artist
    Image.new("RGB", (8, 8), "teal").save(target, "JPEG", exif=exif, comment=comment.encode())
    return target.getvalue()


def png(comment: str = "") -> bytes:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    target, info = io.BytesIO(), PngInfo()
    info.add_text("Author", comment)
    info.add_itxt("XML:com.adobe.xmp", comment)
    Image.new("RGB", (8, 8), "teal").save(target, "PNG", pnginfo=info)
    return target.getvalue()


def pdf(text: str = "Perawatan keluarga", *, token: str = "", pages: int = 1) -> bytes:
    """Its pages say `text`; with a token, everything around them says that."""
    document = pikepdf.Pdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for _number in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        lines = b"".join(b"(%s) Tj 0 -16 Td " % line.encode("latin-1") for line in text.split("\n"))
        page.obj.Contents = document.make_stream(b"BT /F1 12 Tf 72 760 Td " + lines + b"ET\n")
    if token:
        _plant(document, token)
    target = io.BytesIO()
    document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


def _plant(document: pikepdf.Pdf, token: str) -> None:
    page, text = document.pages[0], pikepdf.String(token)
    for key in ("/Author", "/Title", "/Creator", "/Producer", "/Keywords", f"/{token}"):
        document.docinfo[key] = text
    with document.open_metadata(set_pikepdf_as_editor=False) as meta:
        meta["dc:creator"] = [token]
    document.attachments[f"{token}.txt"] = token.encode()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=text)
    document.Root.Lang = text
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(token, 0))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=text, Contents=text, NM=text
    )
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"mailto:{token}@contoh.id")),
    )  # fmt: skip
    page.obj.Annots = document.make_indirect(
        pikepdf.Array([document.make_indirect(note), document.make_indirect(link)])
    )
    page.obj.PieceInfo = pikepdf.Dictionary(Word=pikepdf.Dictionary(Private=text))
    page.obj.Thumb = document.make_stream(token.encode())
    page.obj.Metadata = document.make_stream(token.encode())
    picture = document.make_stream(
        jpeg(token), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode, Metadata=document.make_stream(token.encode()),
    )  # fmt: skip
    packed = document.make_stream(
        zlib.compress(jpeg(token)), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=8, Height=8,
        BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode]),
    )  # fmt: skip
    inner = document.make_stream(
        f"% {token}\n0 0 5 5 re f".encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9],
        PieceInfo=pikepdf.Dictionary(Private=text),
    )  # fmt: skip
    page.obj.Resources.XObject = pikepdf.Dictionary(Im=picture, Im2=packed, Fm=inner)
    page.obj.Resources.Properties = pikepdf.Dictionary(
        MC=document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=text, Metadata=text))
    )
    said = f"% {token}\n/Span <</Alt ({token}) /E ({token})>> BDC EMC /Im Do /Im2 Do /Fm Do\n".encode()
    page.obj.Contents = document.make_stream(page.obj.Contents.read_bytes() + said)


def docx(text: str = "Perawatan keluarga", *, token: str = "") -> bytes:
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    if token:
        document.add_picture(io.BytesIO(png(token)))
        properties = document.core_properties
        for name in ("author", "last_modified_by", "title", "comments", "keywords", "category"):
            setattr(properties, name, token)
        document.add_comment(document.paragraphs[0].runs, text=token, author=token, initials=token[:2])
    target = io.BytesIO()
    document.save(target)
    return _planted(target.getvalue(), token) if token else target.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _planted(content: bytes, token: str) -> bytes:
    """What python-docx does not write: tracked changes, fields, people, custom data, names of pictures."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        after.comment = token.encode()
        for member in before.infolist():
            data = before.read(member)
            if member.filename == "word/document.xml":
                data = _with_changes(data, token)
            member.extra, member.comment = b"", token.encode()
            after.writestr(member, data)
        after.writestr("word/people.xml", f'<w:people {W}><w:person w:author="{token}"/></w:people>')
        after.writestr("customXml/item9.xml", f"<a>{token}</a>")
        after.writestr("docProps/custom.xml", f"<a>{token}</a>")
        after.writestr("word/embeddings/oleObject1.bin", token.encode())
    return target.getvalue()


def _with_changes(data: bytes, token: str) -> bytes:
    added = (
        f'<w:p w:rsidR="{token}"><!-- {token} --><w:ins w:author="{token}" w:date="2026-01-01T00:00:00Z" w:id="9">'
        "<w:r><w:t>disisipkan</w:t></w:r></w:ins>"
        f'<w:del w:author="{token}" w:id="10"><w:r><w:delText>{token}</w:delText></w:r></w:del>'
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> AUTHOR "{token}" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>isi</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:bookmarkStart w:id="3" w:name="{token}"/><w:bookmarkEnd w:id="3"/></w:p>'
    ).encode()
    return data.replace(b"<w:sectPr", added + b"<w:sectPr", 1).replace(b'name="Picture 1"', f'name="{token}"'.encode())


def everything_in(content: bytes) -> bytes:
    """All bytes of a file, also those of its compressed parts."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [n.encode() for n in archive.namelist()]
            return b"\n".join([content, archive.comment, *names, *(archive.read(n) for n in archive.namelist())])
    with pikepdf.open(io.BytesIO(content)) as document:
        parts = [content, *(_unpacked(element) for element in document.objects)]
    return b"\n".join(parts)


def _unpacked(element: Any) -> bytes:
    written = element.unparse(resolved=True) if not isinstance(element, pikepdf.Stream) else repr(element).encode()
    if not isinstance(element, pikepdf.Stream):
        return bytes(written)
    try:
        return bytes(written) + element.read_bytes() + element.read_raw_bytes()
    except (pikepdf.PdfError, zlib.error):
        return bytes(written) + element.read_raw_bytes()
